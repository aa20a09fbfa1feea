package emporium.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Messages that nobody can handle, or that harm who does. */
final class PoisonFaults {

    private static final String SUBJECT = "cmd.depot.0";
    private static final String COMMAND = "depot.CreateShoppingList.v1";
    private static final Duration PARKING = Duration.ofMinutes(2);

    private PoisonFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("unreadable-messages", PoisonFaults::unreadable),
                Fault.of("handler-always-throws", PoisonFaults::throwing),
                Fault.of("handler-slower-than-ack-wait", arena -> {
                    oneOrderOf("slow", arena);
                    arena.armed().awaitGone("slow", Duration.ofMinutes(1));
                }),
                Fault.of("handler-exhausts-memory", arena -> {
                    var victim = List.of(arena.processes().contains("depot") ? "depot" : "mall");
                    var before = victim.stream().map(arena.mall()::pid).toList();
                    oneOrderOf("exhaust", arena);
                    arena.awaitNew(victim, before);
                }));
    }

    /** Each is put aside, then discarded by an operator, whose word is kept. */
    private static void unreadable(Arena arena) throws Exception {
        arena.broker().by(connection -> {
            var stream = connection.jetStream();
            stream.publish(SUBJECT, headers(COMMAND), "{ this is no JSON".getBytes());
            stream.publish(SUBJECT, headers("depot.Nonsense.v1"), "{}".getBytes());
            stream.publish(SUBJECT, headers("depot.CreateShoppingList.v99"), "{}".getBytes());
            stream.publish(SUBJECT, new byte[] {0, 1, 2, (byte) 0xff});
        });
        arena.shopping().want(10);
        for (var message : awaitParked(arena, 4)) {
            decide(arena, message, "discard", "DISCARDED");
        }
    }

    /** Put aside while the others go on; after the fix it is replayed, and the order goes its way. */
    private static void throwing(Arena arena) {
        oneOrderOf("poison", arena);
        var ended = arena.shopping().ended();
        arena.shopping().want(10);
        var parked = awaitParked(arena, 1);
        Patience.until(
                "other orders to end meanwhile", PARKING, () -> arena.shopping().ended() > ended);
        arena.armed().disarm("poison");
        for (var message : parked) {
            decide(arena, message, "replay", "REPLAYED");
        }
    }

    /** The command that opens its list is the one meant. */
    private static void oneOrderOf(String fault, Arena arena) {
        var product = arena.shopping().product("Product of " + fault, Shopping.ON_THE_SHELF);
        arena.armed().arm(fault, "CreateShoppingList[ " + product);
        arena.shopping().placeOne(product);
    }

    private static List<JsonNode> awaitParked(Arena arena, int count) {
        var parked = new ArrayList<JsonNode>();
        Patience.until(count + " messages to be put aside", PARKING, () -> {
            parked.clear();
            arena.rest().get("/api/messages/parked?service=depot").get("items").forEach(parked::add);
            return parked.size() >= count;
        });
        if (parked.size() != count) {
            throw new Broken("more is put aside than was poisoned: " + parked);
        }
        return parked;
    }

    private static void decide(Arena arena, JsonNode message, String move, String status) {
        var path = "/api/messages/parked/" + message.get("id").asText();
        arena.rest().post(path + "/" + move, Map.of("reason", "seen")).successful(move);
        var now = arena.rest().get(path);
        if (!now.get("status").asText().equals(status)
                || !now.get("resolvedWhy").asText().equals("seen")) {
            throw new Broken("the " + move + " was not recorded: " + now);
        }
    }

    private static Headers headers(String type) {
        var headers = new Headers();
        headers.put("Message-Id", timeOrdered().toString());
        headers.put("Key", UUID.randomUUID().toString());
        headers.put("Type", type);
        return headers;
    }

    /** A UUID of version 7, as the inbox wants it. */
    private static UUID timeOrdered() {
        var random = ThreadLocalRandom.current();
        var most = System.currentTimeMillis() << 16 | 0x7000L | random.nextInt(0x1000);
        return new UUID(most, random.nextLong() >>> 2 | 1L << 63);
    }
}
