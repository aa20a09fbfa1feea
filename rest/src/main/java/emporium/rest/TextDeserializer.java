package emporium.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;

/** Reads texts: no numbers instead, and no NUL, which PostgreSQL cannot store. */
final class TextDeserializer extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    TextDeserializer() {
        super(String.class);
    }

    @Override
    public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, json);
        }
        var text = json.getText();
        if (text.indexOf('\0') >= 0) {
            return (String) context.handleWeirdStringValue(String.class, text, "must not contain the character NUL");
        }
        return text;
    }
}
