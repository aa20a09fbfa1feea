package emporium.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import jakarta.ws.rs.ext.ContextResolver;
import jakarta.ws.rs.ext.Provider;

/**
 * The JSON of the REST surface: strict in what it takes, where messages are lenient. A number is a number and a text
 * is a text, an amount has no fraction, and nothing that is missing becomes a zero.
 */
@Provider
public class RestJson implements ContextResolver<ObjectMapper> {

    private final ObjectMapper mapper;

    RestJson(ObjectMapper lenient) {
        mapper = strict(lenient);
    }

    @Override
    public ObjectMapper getContext(Class<?> type) {
        return mapper;
    }

    // Jackson has marked this way of setting a MapperFeature as deprecated; a mapper that is copied has no builder.
    @SuppressWarnings("deprecation")
    static ObjectMapper strict(ObjectMapper lenient) {
        var strict = lenient.copy()
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .registerModule(new SimpleModule("text").addDeserializer(String.class, new TextDeserializer()));
        // Which of the two counts is a guess, and Jackson's own is a failure when the first was null.
        strict.getFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        return strict;
    }
}
