package emporium.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what a message's record is now with a shape that was released: an optional field may have come, anything
 * else needs a new version under a new wire name.
 */
final class Compatibility {
    /** As messages travel: ISO times, unknown fields ignored, nothing else special. */
    static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final JsonNode released;
    private final Record example;
    private final List<String> problems = new ArrayList<>();

    private Compatibility(JsonNode released, Record example) {
        this.released = released;
        this.example = example;
    }

    /** What breaks those who still speak, or have stored, the released shape; empty when nothing does. */
    static List<String> problems(JsonNode released, Record example) {
        var check = new Compatibility(released, example);
        check.compare("", released, json(example));
        if (check.problems.isEmpty()) {
            check.readReleased();
            check.readWithUnknownField();
        }
        return check.problems;
    }

    static JsonNode json(Object message) {
        try {
            return JSON.readTree(JSON.writeValueAsBytes(message));
        } catch (IOException e) {
            throw new IllegalArgumentException(message + " cannot be written as JSON", e);
        }
    }

    private void compare(String path, JsonNode before, JsonNode now) {
        if (before.getNodeType() != now.getNodeType()) {
            complain(path + " was " + before.getNodeType() + " and is " + now.getNodeType());
        } else if (before.isObject()) {
            before.properties().forEach(field -> compareField(path, field.getKey(), field.getValue(), now));
        } else if (before.isArray()) {
            compare(path + "[]", before.get(0), now.get(0));
        }
    }

    private void compareField(String path, String name, JsonNode before, JsonNode now) {
        var field = path.isEmpty() ? name : path + "." + name;
        if (now.has(name)) {
            compare(field, before, now.get(name));
        } else {
            complain(field + " was removed or renamed");
        }
    }

    /** What is still in the streams, or comes from a service not yet upgraded, lacks the new fields. */
    private void readReleased() {
        try {
            var again = json(JSON.treeToValue(released, example.getClass()));
            if (!contains(again, released)) {
                complain("reading " + released + " gives " + again);
            }
        } catch (JsonProcessingException e) {
            complain("a new field is not optional: " + e.getOriginalMessage());
        }
    }

    /** The other way round: a service not yet upgraded meets a field that it does not know. */
    private void readWithUnknownField() {
        try {
            var newer = ((ObjectNode) json(example)).put("aFieldOfTomorrow", 1);
            JSON.treeToValue(newer, example.getClass());
        } catch (JsonProcessingException e) {
            complain("a field that is not known yet is not ignored: " + e.getOriginalMessage());
        }
    }

    /** Whether all that the released JSON says is still said, as values and not only as types. */
    private static boolean contains(JsonNode now, JsonNode before) {
        if (before.isObject()) {
            return before.properties().stream()
                    .allMatch(field -> now.has(field.getKey()) && contains(now.get(field.getKey()), field.getValue()));
        }
        if (before.isArray()) {
            return before.size() == now.size() && contains(now.get(0), before.get(0));
        }
        return before.equals(now);
    }

    private void complain(String what) {
        problems.add(what + ": make it a new version under a new wire name");
    }
}
