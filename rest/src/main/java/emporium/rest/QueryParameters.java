package emporium.rest;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestQuery;

/** Reads query parameters, so that a malformed one is a 400 that names it; JAX-RS would say 404. */
@Provider
public class QueryParameters implements ParamConverterProvider {

    private static final Map<Class<?>, Wanted> WANTED = Map.of(
            UUID.class, new Wanted(UUID::fromString, "must be a UUID"),
            int.class, new Wanted(Integer::valueOf, "must be a whole number"),
            Integer.class, new Wanted(Integer::valueOf, "must be a whole number"),
            long.class, new Wanted(Long::valueOf, "must be a whole number"),
            Long.class, new Wanted(Long::valueOf, "must be a whole number"),
            boolean.class, new Wanted(QueryParameters::trueOrFalse, "must be true or false"),
            Boolean.class, new Wanted(QueryParameters::trueOrFalse, "must be true or false"),
            Duration.class, new Wanted(Duration::parse, "must be a duration as ISO 8601 writes it, such as PT5M"),
            Instant.class,
                    new Wanted(Instant::parse, "must be a time as ISO 8601 writes it, such as 2026-01-31T12:00:00Z"));

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> type, Type genericType, Annotation[] annotations) {
        var name = Stream.of(annotations)
                .map(QueryParameters::nameOf)
                .filter(Objects::nonNull)
                .findFirst();
        var wanted = type.isEnum() ? wantedOf(type) : WANTED.get(type);
        return name.isEmpty() || wanted == null ? null : new Converter<>(name.get(), wanted);
    }

    private static String nameOf(Annotation annotation) {
        return switch (annotation) {
            case QueryParam parameter -> parameter.value();
            // It takes its name from the method's parameter, which is not told here.
            case RestQuery parameter -> parameter.value().isEmpty() ? "query" : parameter.value();
            default -> null;
        };
    }

    private static Wanted wantedOf(Class<?> enumeration) {
        var constants = Stream.of(enumeration.getEnumConstants()).toList();
        var names = constants.stream().map(Object::toString).toList();
        return new Wanted(
                text -> constants.stream()
                        .filter(constant -> constant.toString().equals(text))
                        .findFirst()
                        .orElseThrow(),
                "must be one of " + String.join(", ", names));
    }

    private static boolean trueOrFalse(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private record Wanted(Function<String, ?> parse, String message) {}

    private record Converter<T>(String parameter, Wanted wanted) implements ParamConverter<T> {

        @Override
        @SuppressWarnings("unchecked")
        public T fromString(String text) {
            if (text == null || text.isEmpty()) {
                return null;
            }
            try {
                return (T) wanted.parse().apply(text);
            } catch (RuntimeException e) {
                throw Problem.badInput(parameter, wanted.message());
            }
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }
    }
}
