package emporium.mall;

import static java.util.stream.Collectors.toMap;

import emporium.contracts.Command;
import emporium.contracts.Event;
import emporium.contracts.Query;
import emporium.contracts.Reply;
import emporium.messaging.Endpoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
        var document = new LinkedHashMap<String, Object>();
        document.put("asyncapi", "3.0.0");
        document.put("info", ordered("title", "Emporium", "version", "1", "description", """
                What the services of the mall say to each other over NATS JetStream. Generated from the contracts and
                the endpoints; what is guaranteed stands in docs/delivery.md.
                """));
        document.put("defaultContentType", "application/json");
        document.put("channels", channels());
        document.put("operations", operations());
        document.put("components", ordered("messages", messages(), "schemas", components()));
        return document;
    }

    private Map<String, Object> channels() {
        var channels = new TreeMap<String, Object>();
        for (var subjects :
                new TreeSet<>(types.keySet().stream().map(this::subjects).toList())) {
            var channel = new LinkedHashMap<String, Object>();
            channel.put("address", subjects.startsWith("answers.") ? null : subjects.replace("*", "{partition}"));
            channel.put("description", description(subjects));
            if (subjects.endsWith("*")) {
                channel.put("parameters", Map.of("partition", Map.of("description", "The key's hash: 0 to 3.")));
            }
            channel.put("messages", references(on(subjects), "#/components/messages/"));
            channels.put(key(subjects), channel);
        }
        return channels;
    }

    private static String description(String subjects) {
        var owner = subjects.split("\\.")[1];
        return switch (subjects.split("\\.")[0]) {
            case "cmd" -> "Commands to " + owner + ", in the stream COMMANDS.";
            case "evt" -> "What has happened in " + owner + ", in the stream EVENTS.";
            case "rep" -> "Replies to the commands of " + owner + ", in the stream REPLIES.";
            case "qry" -> "Questions to " + owner + ", outside of all streams.";
            default -> "Answers of " + owner + ", straight to who has asked.";
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
        if (heard.subjects().startsWith("cmd.") || heard.subjects().startsWith("qry.")) {
            operation.put("reply", reply(endpoint));
        }
        return operation;
    }

    private Map<String, Object> reply(Endpoint endpoint) {
        var names = endpoint.types().keySet().stream()
                .filter(name -> owner(name).equals(endpoint.name()))
                .filter(name -> isReplyOrAnswer(types.get(name)))
                .sorted()
                .toList();
        var reply = operation("", subjects(names.getFirst()), names);
        reply.remove("action");
        return reply;
    }

    /** An endpoint sends its own events, and the commands and queries that others own. */
    private Map<String, List<String>> sent(Endpoint endpoint) {
        var sent = new TreeMap<String, List<String>>();
        for (var name : new TreeSet<>(endpoint.types().keySet())) {
            var type = types.get(name);
            var own = owner(name).equals(endpoint.name());
            if (own ? Event.class.isAssignableFrom(type) : isCommandOrQuery(type)) {
                sent.computeIfAbsent(subjects(name), subjects -> new ArrayList<>())
                        .add(name);
            }
        }
        return sent;
    }

    private Map<String, Object> operation(String action, String subjects, List<String> names) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("action", action);
        operation.put("channel", Map.of("$ref", "#/channels/" + key(subjects)));
        operation.put(
                "messages",
                names.stream()
                        .map(name -> Map.of("$ref", "#/channels/" + key(subjects) + "/messages/" + name))
                        .toList());
        return operation;
    }

    private Map<String, Object> messages() {
        var messages = new TreeMap<String, Object>();
        types.forEach((name, type) -> messages.put(
                name,
                ordered(
                        "name", name,
                        "headers", Map.of("$ref", "#/components/schemas/Headers"),
                        "payload", schemas.of(type),
                        "examples", List.of(Map.of("payload", examples.apply(name))))));
        return messages;
    }

    private Map<String, Object> components() {
        var components = new TreeMap<>(schemas.byName());
        var headers = new TreeMap<String, Object>();
        for (var id : List.of("Message-Id", "Key", "Correlation-Id", "Causation-Id", "Conversation-Id")) {
            headers.put(id, Map.of("type", "string", "format", "uuid"));
        }
        for (var text : List.of("Type", "Source", "Reply-To-Endpoint", "traceparent")) {
            headers.put(text, Map.of("type", "string"));
        }
        components.put(
                "Headers",
                ordered("type", "object", "properties", headers, "required", List.of("Key", "Message-Id", "Type")));
        return components;
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
        return Reply.class.isAssignableFrom(type) ? takersOfReplies() : "answers." + owner(name);
    }

    private String takersOfReplies() {
        return endpoints.stream()
                .flatMap(endpoint -> endpoint.hears().stream())
                .map(Endpoint.Heard::subjects)
                .filter(subjects -> subjects.startsWith("rep."))
                .findFirst()
                .orElseThrow();
    }

    private static String key(String subjects) {
        return subjects.replace(".*", "")
                .replaceFirst("^cmd", "commands")
                .replaceFirst("^evt", "events")
                .replaceFirst("^rep", "replies")
                .replaceFirst("^qry", "queries");
    }

    private static boolean isCommandOrQuery(Class<?> type) {
        return Command.class.isAssignableFrom(type) || Query.class.isAssignableFrom(type);
    }

    private static boolean isReplyOrAnswer(Class<?> type) {
        return !isCommandOrQuery(type) && !Event.class.isAssignableFrom(type);
    }

    private static String owner(String name) {
        return name.substring(0, name.indexOf('.'));
    }

    private static Map<String, Object> references(List<String> names, String path) {
        return names.stream()
                .collect(toMap(name -> name, name -> Map.of("$ref", path + name), (a, b) -> a, TreeMap::new));
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
