package emporium.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A bot that fetches shopping lists, and does so through REST alone, as one with wheels would. It is known by its name:
 * a bot that starts again is the one that it was, and goes on with the list that it had in hand.
 */
final class SimulatedBot {

    /** Between two looks for work; several times shorter than the silence after which a bot loses its list. */
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /** What the way to a store and its shelves takes. */
    private static final Duration STOP = Duration.ofMillis(1500);

    /** Of so many lists one is chosen by chance, so that not all bots run for the same. */
    private static final int CHOICE = 20;

    private final String name;
    private final JsonRest mall;
    private final Duration leisure;
    private String id;

    /** @param leisure leaves lists alone that are younger than this: somebody may want to see them, or send another bot */
    SimulatedBot(String name, JsonRest mall, Duration leisure) {
        this.name = name;
        this.mall = mall;
        this.leisure = leisure;
    }

    /** Starts so many bots, which work until the process ends. */
    static void start(int number, JsonRest mall, Duration leisure) {
        for (int i = 1; i <= number; i++) {
            var bot = new SimulatedBot("Simulated bot " + i, mall, leisure);
            Thread.ofVirtual().name(bot.name).start(bot::workForEver);
        }
    }

    private void workForEver() {
        while (true) {
            try {
                workOnce();
            } catch (Refused e) {
                // A mall that has forgotten the bot is a new one: it registers there.
                id = e.isNotFound() ? null : id;
            } catch (IOException e) {
                // The mall is away, perhaps only starting again.
            }
            pause(PAUSE);
        }
    }

    /** Goes on with what it has in hand, else takes the first list it can get, and fetches it. */
    void workOnce() throws IOException {
        var inHand = heartbeat();
        if (inHand.isTextual()) {
            walk(mall.get(list(inHand.asText())));
            return;
        }
        var offered = new ArrayList<JsonNode>();
        mall.get("/api/depot/shopping-lists?status=AVAILABLE&limit=" + CHOICE)
                .get("items")
                .forEach(offered::add);
        Collections.shuffle(offered, ThreadLocalRandom.current());
        for (var list : offered) {
            if (madeAt(list).plus(leisure).isBefore(Instant.now()) && take(list)) {
                walk(list);
                return;
            }
        }
    }

    /** Takes this list if it can be had, and fetches it. */
    void fetch(String listId) throws IOException {
        heartbeat();
        var list = mall.get(list(listId));
        if (take(list)) {
            walk(list);
        }
    }

    /** Ids begin with the milliseconds in which they were made (UUIDv7). */
    private static Instant madeAt(JsonNode list) {
        var id = UUID.fromString(list.get("id").asText());
        return Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
    }

    private boolean take(JsonNode list) throws IOException {
        try {
            mall.post(list(list) + "/assign", Map.of("botId", id));
            return true;
        } catch (Refused e) {
            if (e.isConflict()) {
                return false; // another was faster
            }
            throw e;
        }
    }

    private void walk(JsonNode list) throws IOException {
        for (int stop = 0; stop < list.get("stops").size(); stop++) {
            pause(STOP);
            if (!heartbeat().equals(list.get("id"))) {
                return; // recalled, or lost to another
            }
        }
        try {
            mall.post(list(list) + "/complete", Map.of("botId", id));
        } catch (Refused e) {
            if (!e.isConflict()) {
                throw e;
            }
        }
    }

    /** Says that it is alive and learns which list it has in hand: an id or null. */
    private JsonNode heartbeat() throws IOException {
        if (id == null) {
            id = mall.post("/api/depot/bots", Map.of("name", name)).get("id").asText();
        }
        return mall.post("/api/depot/bots/" + id + "/heartbeat", Map.of()).get("shoppingListId");
    }

    private static String list(JsonNode list) {
        return list(list.get("id").asText());
    }

    private static String list(String id) {
        return "/api/depot/shopping-lists/" + id;
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
