package emporium.messaging;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Streams and subjects: {@code cmd.<service>.<p>}, {@code rep.<endpoint>.<p>}, {@code evt.<owner>.<p>},
 * {@code dlq.<endpoint>}, and {@code qry.<owner>} outside of all streams. Few distinct values, never an id.
 */
final class Subjects {

    static final String COMMANDS = "COMMANDS";
    static final String REPLIES = "REPLIES";
    static final String EVENTS = "EVENTS";
    static final String DEAD_LETTERS = "DEAD_LETTERS";

    private Subjects() {}

    static String command(String service, UUID key, int partitions) {
        return "cmd." + service + "." + partition(key, partitions);
    }

    static String reply(String endpoint, UUID key, int partitions) {
        return "rep." + endpoint + "." + partition(key, partitions);
    }

    static String event(String owner, UUID key, int partitions) {
        return "evt." + owner + "." + partition(key, partitions);
    }

    static String deadLetter(String endpoint) {
        return "dlq." + endpoint;
    }

    static String query(String owner) {
        return "qry." + owner;
    }

    static String stream(Endpoint.Kind kind) {
        return switch (kind) {
            case COMMAND -> COMMANDS;
            case REPLY -> REPLIES;
            case EVENT -> EVENTS;
        };
    }

    static String filter(Endpoint.Kind kind, String owner) {
        return switch (kind) {
            case COMMAND -> "cmd." + owner + ".*";
            case REPLY -> "rep." + owner + ".*";
            case EVENT -> "evt." + owner + ".*";
        };
    }

    /** All subjects of a stream, as a pattern. */
    static String all(String stream) {
        return switch (stream) {
            case COMMANDS -> "cmd.>";
            case REPLIES -> "rep.>";
            case EVENTS -> "evt.>";
            case DEAD_LETTERS -> "dlq.>";
            default -> throw new IllegalArgumentException("no such stream: " + stream);
        };
    }

    /** How a subject begins: the part that tells its stream. */
    static String kind(String subject) {
        return subject.substring(0, subject.indexOf('.') + 1);
    }

    /** FNV-1a, 32 bit, unsigned, modulo: the same number that a NATS server's {@code partition()} mapping gives. */
    static int partition(UUID key, int partitions) {
        var hash = 0x811c9dc5;
        for (var octet : key.toString().getBytes(StandardCharsets.US_ASCII)) {
            hash = (hash ^ octet) * 0x01000193;
        }
        return Integer.remainderUnsigned(hash, partitions);
    }
}
