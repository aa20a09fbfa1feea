package emporium.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says in a client's words what Jackson did not like about a body. */
final class JsonProblems {

    private static final Set<Class<?>> WHOLE_NUMBERS =
            Set.of(byte.class, short.class, int.class, long.class, Byte.class, Short.class, Integer.class, Long.class);

    private JsonProblems() {}

    static Problem of(JsonProcessingException failure) {
        if (failure instanceof JsonMappingException mapping) {
            return of(mapping);
        }
        if (failure instanceof StreamConstraintsException) {
            return Problem.badInput("body", "is nested too deeply, or has a value that is too long");
        }
        var at = failure.getLocation();
        return Problem.badInput(
                "body",
                "is not JSON, or has a field twice: line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
    }

    private static Problem of(JsonMappingException failure) {
        var field = field(failure);
        if (failure instanceof ValueInstantiationException instantiation) {
            return refusedByType(field, instantiation.getCause());
        }
        return Problem.badInput(field.isEmpty() ? "body" : field, message(failure));
    }

    /** A record's constructor did not want it: {@code requireNonNull(currency, "currency")} names the missing field. */
    private static Problem refusedByType(String field, Throwable cause) {
        if (cause instanceof NullPointerException && cause.getMessage() != null) {
            return Problem.badInput(
                    field.isEmpty() ? cause.getMessage() : field + "." + cause.getMessage(), "is missing");
        }
        var reason = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
        return Problem.badInput(field.isEmpty() ? "body" : field, reason == null ? "is not valid" : reason);
    }

    private static String message(JsonMappingException failure) {
        if (failure instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return wanted(mismatch.getTargetType());
        }
        return failure.getCause() instanceof JsonProcessingException ? "is out of range" : "is not valid";
    }

    private static String wanted(Class<?> type) {
        if (WHOLE_NUMBERS.contains(type)) {
            return "must be a whole number";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "must be one of ", ""));
        }
        if (type == String.class) {
            return "must be a text without the character NUL";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        }
        if (type == UUID.class) {
            return "must be a UUID";
        }
        if (Temporal.class.isAssignableFrom(type)) {
            return "must be a time as ISO 8601 writes it";
        }
        return Collection.class.isAssignableFrom(type) ? "must be a list" : "must be an object with the right fields";
    }

    private static String field(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
