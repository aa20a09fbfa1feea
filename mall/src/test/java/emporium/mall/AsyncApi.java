package emporium.mall;

import static emporium.mall.RecordSchemas.ordered;

import emporium.contracts.Answer;
import emporium.contracts.Command;
import emporium.contracts.Event;
import emporium.contracts.Query;
import emporium.contracts.Reply;
import emporium.messaging.DeadLetter;
import emporium.messaging.Endpoint;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The mall's AsyncAPI 3 document: its channels, what travels on them, and who sends and takes it, read off the contracts
 * and the endpoints that run.
 */
final class AsyncApi {

    private final List<Endpoint> endpoints;
    private final Function<String, Object> examples;
    private final RecordSchemas schemas = new RecordSchemas();
    private final Map<String, Class<?>> types = new TreeMap<>();

    /** @param examples a message of a wire name */
    AsyncApi(Collection<Endpoint> endpoints, Function<String, Object> examples) {
        this.endpoints = List.copyOf(endpoints);
        this.examples = examples;
        endpoints.forEach(endpoint -> types.putAll(endpoint.types()));
    }

    Map<String, Object> document() {
        return ordered(
                "asyncapi", "3.0.0",
                "info", ordered("title", "Emporium", "version", "1", "description", """
                        What the services of the mall say to each other over NATS JetStream. Generated from the contracts \
                        and the endpoints; what is guaranteed stands in docs/delivery.md. Messages of one transaction for one \
                        channel travel together as one, whose headers and payload are those of the schemas PackHeaders \
                        and Pack."""),
                "defaultContentType", "application/json",
                "channels", channels(),
                "operations", operations(),
                "components", ordered("messages", messages(), "schemas", components()));
    }

    private Map<String, Object> channels() {
        var channels = new TreeMap<String, Object>();
        new TreeSet<>(types.keySet().stream().map(this::subjects).toList())
                .forEach(subjects -> channels.put(key(subjects), channel(subjects, on(subjects))));
        endpoints.forEach(endpoint -> channels.put(
                key(deadLetters(endpoint)), channel(deadLetters(endpoint), List.of(DeadLetter.WIRE_NAME))));
        return channels;
    }

    private static Map<String, Object> channel(String subjects, List<String> names) {
        // What AsyncAPI says of an address that is known only when the question comes.
        var address = subjects.startsWith("ans.") ? null : subjects.replace("*", "{partition}");
        var channel = ordered("address", address, "description", description(subjects));
        if (subjects.endsWith("*")) {
            channel.put("parameters", ordered("partition", ordered("description", "The key's hash: 0 to 3.")));
        }
        var messages = ordered();
        names.forEach(name -> messages.put(name, reference("#/components/messages/" + name)));
        channel.put("messages", messages);
        return channel;
    }

    private static String description(String subjects) {
        var owner = subjects.split("\\.")[1];
        return switch (subjects.split("\\.")[0]) {
            case "cmd" -> "Commands to " + owner + ", in the stream COMMANDS.";
            case "evt" -> "What has happened in " + owner + ", in the stream EVENTS.";
            case "rep" -> "Replies to the commands of " + owner + ", in the stream REPLIES.";
            case "dlq" -> "What " + owner + " could not handle and has parked, in the stream DEAD_LETTERS.";
            case "qry" -> "Questions to " + owner + ", outside of all streams.";
            case "ans" -> "Answers of " + owner + ", straight to who has asked.";
            default -> throw new IllegalArgumentException(subjects + " is not known");
        };
    }

    private Map<String, Object> operations() {
        var operations = new TreeMap<String, Object>();
        for (var endpoint : endpoints) {
            endpoint.hears()
                    .forEach(heard -> operations.put(
                            endpoint.name() + ".takes." + key(heard.subjects()), taking(endpoint, heard)));
            sent(endpoint)
                    .forEach((subjects, names) -> operations.put(
                            endpoint.name() + ".sends." + key(subjects), operation("send", subjects, names)));
        }
        return operations;
    }

    private Map<String, Object> taking(Endpoint endpoint, Endpoint.Heard heard) {
        var names = on(heard.subjects()).stream()
                .filter(name -> heard.family().isAssignableFrom(types.get(name)))
                .toList();
        var operation = operation("receive", heard.subjects(), names);
        if (heard.subjects().startsWith("cmd.")) {
            operation.put("reply", reply(endpoint, Reply.class));
        }
        if (heard.subjects().startsWith("qry.")) {
            operation.put("reply", reply(endpoint, Answer.class));
        }
        return operation;
    }

    private Map<String, Object> reply(Endpoint endpoint, Class<?> kind) {
        var names = types.keySet().stream()
                .filter(name -> owner(name).equals(endpoint.name()))
                .filter(name -> kind.isAssignableFrom(types.get(name)))
                .toList();
        return messagesOf(subjects(names.getFirst()), names);
    }

    /** An endpoint sends its own events, the commands and queries that others own, and what it cannot handle. */
    private Map<String, List<String>> sent(Endpoint endpoint) {
        var sent = new TreeMap<String, List<String>>();
        for (var name : types.keySet()) {
            if (endpoint.types().containsKey(name) && sends(endpoint, name)) {
                sent.put(subjects(name), on(subjects(name)));
            }
        }
        sent.put(deadLetters(endpoint), List.of(DeadLetter.WIRE_NAME));
        return sent;
    }

    private boolean sends(Endpoint endpoint, String name) {
        return switch (subjects(name).substring(0, 3)) {
            case "evt" -> owner(name).equals(endpoint.name());
            case "cmd", "qry" -> !owner(name).equals(endpoint.name());
            default -> false;
        };
    }

    private static Map<String, Object> operation(String action, String subjects, List<String> names) {
        var operation = ordered("action", action);
        operation.putAll(messagesOf(subjects, names));
        return operation;
    }

    private static Map<String, Object> messagesOf(String subjects, List<String> names) {
        var channel = "#/channels/" + key(subjects);
        return ordered(
                "channel",
                reference(channel),
                "messages",
                names.stream()
                        .map(name -> reference(channel + "/messages/" + name))
                        .toList());
    }

    private Map<String, Object> messages() {
        var messages = new TreeMap<String, Object>();
        types.forEach((name, type) -> {
            var message = message(name, type);
            message.put("examples", List.of(ordered("payload", examples.apply(name))));
            messages.put(name, message);
        });
        messages.put(DeadLetter.WIRE_NAME, message(DeadLetter.WIRE_NAME, DeadLetter.class));
        return messages;
    }

    private Map<String, Object> message(String name, Class<?> type) {
        return ordered("name", name, "headers", reference("#/components/schemas/Headers"), "payload", schemas.of(type));
    }

    private Map<String, Object> components() {
        var components = new TreeMap<>(schemas.byName());
        var headers = new TreeMap<String, Object>();
        for (var id : List.of("Message-Id", "Key", "Correlation-Id", "Causation-Id", "Conversation-Id")) {
            headers.put(id, ordered("type", "string", "format", "uuid"));
        }
        for (var text : List.of("Type", "Source", "Reply-To-Endpoint", "traceparent")) {
            headers.put(text, ordered("type", "string"));
        }
        components.put(
                "Headers",
                ordered("type", "object", "required", List.of("Key", "Message-Id", "Type"), "properties", headers));
        var size = ordered("type", "string", "pattern", "^[0-9]+$", "description", "How many messages are in it.");
        components.put(
                "PackHeaders",
                ordered("type", "object", "required", List.of("Pack"), "properties", ordered("Pack", size)));
        components.put("Pack", ordered("type", "array", "items", packed()));
        return components;
    }

    private static Map<String, Object> packed() {
        return ordered(
                "type",
                "object",
                "required",
                List.of("headers", "body"),
                "properties",
                ordered(
                        "headers",
                        reference("#/components/schemas/Headers"),
                        "body",
                        ordered("description", "The payload of the message that the header Type names.")));
    }

    private List<String> on(String subjects) {
        return types.keySet().stream()
                .filter(name -> subjects(name).equals(subjects))
                .toList();
    }

    /** Where messages of this name travel. */
    private String subjects(String name) {
        var type = types.get(name);
        if (Command.class.isAssignableFrom(type)) {
            return "cmd." + owner(name) + ".*";
        }
        if (Event.class.isAssignableFrom(type)) {
            return "evt." + owner(name) + ".*";
        }
        if (Query.class.isAssignableFrom(type)) {
            return "qry." + owner(name);
        }
        return Reply.class.isAssignableFrom(type) ? takersOfReplies() : "ans." + owner(name);
    }

    private String takersOfReplies() {
        return endpoints.stream()
                .flatMap(endpoint -> endpoint.hears().stream())
                .map(Endpoint.Heard::subjects)
                .filter(subjects -> subjects.startsWith("rep."))
                .findFirst()
                .orElseThrow();
    }

    private static String deadLetters(Endpoint endpoint) {
        return "dlq." + endpoint.name();
    }

    private static String key(String subjects) {
        return subjects.replace(".*", "")
                .replaceFirst("^cmd", "commands")
                .replaceFirst("^evt", "events")
                .replaceFirst("^rep", "replies")
                .replaceFirst("^dlq", "dead-letters")
                .replaceFirst("^qry", "queries")
                .replaceFirst("^ans", "answers");
    }

    private static String owner(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private static Map<String, Object> reference(String target) {
        return ordered("$ref", target);
    }
}
