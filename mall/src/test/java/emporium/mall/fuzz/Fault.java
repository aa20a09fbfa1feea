package emporium.mall.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One way in which a request can be wrong. */
enum Fault {
    OTHER_VALUE(Needs.BODY, draft -> {
        var places = places(draft.json, draft);
        BadValues.some(places, draft.random).accept(new RawValue(BadValues.literal(draft.random)));
    }),
    FIELD_MISSING(Needs.BODY, draft -> {
        var objects = objects(draft.json);
        var object = BadValues.some(objects, draft.random);
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        if (!names.isEmpty()) {
            object.remove(BadValues.some(names, draft.random));
        }
    }),
    FIELD_TOO_MANY(Needs.BODY, draft -> BadValues.some(objects(draft.json), draft.random)
            .putRawValue("unheardOf", new RawValue(BadValues.literal(draft.random)))),
    FIELD_TWICE(
            Needs.BODY,
            draft -> draft.body = draft.json
                    .toString()
                    .replaceFirst("\\{(\"\\w+\":)", "{$1" + "null,$1")
                    .getBytes(UTF_8)),
    OTHER_JSON(Needs.BODY, draft -> draft.body = BadValues.literal(draft.random).getBytes(UTF_8)),
    CUT_OFF(Needs.BODY, draft -> {
        var whole = draft.json.toString().getBytes(UTF_8);
        draft.body = Arrays.copyOf(whole, draft.random.nextInt(whole.length));
    }),
    FLIPPED_BYTE(Needs.BODY, draft -> {
        draft.body = draft.json.toString().getBytes(UTF_8);
        draft.body[draft.random.nextInt(draft.body.length)] = (byte) draft.random.nextInt(256);
    }),
    OTHER_ENCODING(Needs.BODY, draft -> draft.body = draft.json.toString().getBytes(UTF_16)),
    MORE_AFTER_IT(
            Needs.BODY, draft -> draft.body = (draft.json + " " + BadValues.literal(draft.random)).getBytes(UTF_8)),
    EMPTY_BODY(Needs.BODY, draft -> draft.body = new byte[0]),
    NO_BODY(Needs.BODY, draft -> draft.json = null),
    HUGE_BODY(
            Needs.BODY,
            draft -> draft.body =
                    ("{\"name\": \"" + "x".repeat(draft.random.nextInt(1_200_000)) + "\"}").getBytes(UTF_8)),
    UNWANTED_BODY(Needs.NOTHING, draft -> {
        draft.body = BadValues.literal(draft.random).getBytes(UTF_8);
        draft.headers.putIfAbsent("Content-Type", "application/json");
    }),
    OTHER_TYPE(Needs.BODY, draft -> draft.headers.put("Content-Type", BadValues.mediaType(draft.random))),
    NO_TYPE(Needs.BODY, draft -> draft.headers.remove("Content-Type")),
    OTHER_ACCEPT(Needs.NOTHING, draft -> draft.headers.put("Accept", BadValues.mediaType(draft.random))),
    OTHER_METHOD(
            Needs.NOTHING,
            draft -> draft.method = BadValues.some(
                    List.of(
                            "GET",
                            "HEAD",
                            "POST",
                            "PUT",
                            "DELETE",
                            "PATCH",
                            "OPTIONS",
                            "TRACE",
                            "PROPFIND",
                            "FOO",
                            "get"),
                    draft.random)),
    OTHER_ID(Needs.NOTHING, draft -> draft.fill(Draft.encoded(BadValues.text(draft.random)))),
    RAW_ID(Needs.NOTHING, draft -> draft.fill(withoutSpaces(BadValues.text(draft.random)))),
    OTHER_PATH(
            Needs.NOTHING,
            draft -> draft.path = BadValues.some(
                    List.of(
                            draft.path + "/",
                            draft.path + "/more",
                            "/" + draft.path,
                            draft.path + "//",
                            draft.path + ";a=b",
                            draft.path.toUpperCase(Locale.ROOT),
                            draft.path + "/../..",
                            draft.path + "/%2e%2e",
                            draft.path + "%20",
                            draft.path + "%",
                            draft.path + "%c3",
                            draft.path + "%ff",
                            draft.path + "[",
                            draft.path + "{a}",
                            draft.path + "|",
                            draft.path + "\\",
                            draft.path + "\"",
                            draft.path + "^",
                            draft.path + "%00",
                            draft.path + ".json",
                            draft.path.substring(0, draft.path.length() - 1),
                            "/" + "a/".repeat(900)),
                    draft.random)),
    OTHER_PARAMETER(
            Needs.QUERY,
            draft -> draft.query.add(parameter(draft) + "=" + Draft.encoded(BadValues.text(draft.random)))),
    RAW_PARAMETER(
            Needs.NOTHING,
            draft -> draft.query.add(parameter(draft) + "=" + withoutSpaces(BadValues.text(draft.random)))),
    PARAMETER_TWICE(Needs.QUERY, draft -> {
        var name = parameter(draft);
        draft.query.add(name + "=" + Draft.encoded(BadValues.text(draft.random)));
        draft.query.add(name + "=" + Draft.encoded(BadValues.text(draft.random)));
    }),
    ODD_QUERY(
            Needs.NOTHING,
            draft -> draft.query.add(BadValues.some(
                    List.of(
                            "",
                            "&&",
                            "=",
                            "?",
                            "a",
                            "%zz",
                            "a=%",
                            "%00=1",
                            "limit",
                            "cursor",
                            "limit[]=1",
                            "a=b;c=d",
                            "{",
                            "#a"),
                    draft.random))),
    KEY(Needs.KEY, draft -> draft.headers.put("Idempotency-Key", headerText(draft))),
    HEADER(
            Needs.NOTHING,
            draft -> draft.headers.put(
                    BadValues.some(
                            List.of(
                                    "X-Correlation-Id",
                                    "traceparent",
                                    "Last-Event-ID",
                                    "Accept-Encoding",
                                    "Accept-Language",
                                    "Accept-Charset",
                                    "If-Match",
                                    "If-None-Match",
                                    "Range",
                                    "Cookie",
                                    "Authorization",
                                    "Origin",
                                    "Content-Encoding",
                                    "Content-Language",
                                    "X-HTTP-Method-Override",
                                    "Forwarded",
                                    "X-Forwarded-For",
                                    "User-Agent",
                                    "Upgrade",
                                    "Date"),
                            draft.random),
                    headerText(draft)));

    private enum Needs {
        NOTHING,
        BODY,
        QUERY,
        KEY
    }

    private final Needs needs;
    private final Consumer<Draft> change;

    Fault(Needs needs, Consumer<Draft> change) {
        this.needs = needs;
        this.change = change;
    }

    boolean fits(Draft draft) {
        return switch (needs) {
            case NOTHING -> true;
            case BODY -> draft.json != null && draft.body == null;
            case QUERY -> has(draft.operation, "query");
            case KEY -> has(draft.operation, "header");
        };
    }

    private static boolean has(Operation operation, String in) {
        return operation.parameters().stream()
                .anyMatch(parameter -> parameter.in().equals(in));
    }

    void putInto(Draft draft) {
        change.accept(draft);
    }

    private static String parameter(Draft draft) {
        var names = draft.operation.parameters().stream()
                .filter(parameter -> parameter.in().equals("query"))
                .map(Operation.Parameter::name)
                .toList();
        return names.isEmpty() ? "unheardOf" : BadValues.some(names, draft.random);
    }

    /** A space would end the request's target, and with it what still is HTTP. */
    private static String withoutSpaces(String text) {
        return text.replaceAll("[\\x00-\\x20\\x7f]", "");
    }

    /** All that a header may hold, and no more: what is no HTTP the server drops before anybody sees it. */
    private static String headerText(Draft draft) {
        return BadValues.text(draft.random).replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "");
    }

    private static List<ObjectNode> objects(JsonNode json) {
        var objects = new ArrayList<ObjectNode>();
        collect(json, objects);
        return objects;
    }

    private static void collect(JsonNode json, List<ObjectNode> objects) {
        if (json instanceof ObjectNode object) {
            objects.add(object);
        }
        json.forEach(part -> collect(part, objects));
    }

    private static List<Consumer<RawValue>> places(JsonNode json, Draft draft) {
        var places = new ArrayList<Consumer<RawValue>>();
        places.add(value -> draft.body = value.rawValue().toString().getBytes(UTF_8));
        collectPlaces(json, places);
        return places;
    }

    private static void collectPlaces(JsonNode json, List<Consumer<RawValue>> places) {
        switch (json) {
            case ObjectNode object ->
                object.fieldNames().forEachRemaining(name -> places.add(value -> object.putRawValue(name, value)));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    var index = i;
                    places.add(value -> array.setRawValue(index, value));
                }
            }
            default -> {}
        }
        json.forEach(part -> collectPlaces(part, places));
    }
}
