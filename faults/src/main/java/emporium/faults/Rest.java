package emporium.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client as it should be: a request that got no answer, or one that says "later", is repeated, a POST with the same
 * Idempotency-Key. Any number of threads may call.
 */
final class Rest {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PAGE = 200;

    private final URI address;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong internalErrors = new AtomicLong();

    Rest(URI address) {
        this.address = address;
    }

    /** An answer that is one: what the mall means, not that it is away. */
    record Answer(int status, JsonNode body) {

        boolean isSuccess() {
            return status < 300;
        }

        JsonNode successful(String of) {
            if (!isSuccess()) {
                throw new Broken(of + " was answered with " + status + " " + body);
            }
            return body;
        }
    }

    /** How many requests had to be sent again. */
    long repeated() {
        return repeated.get();
    }

    /** How many of them because the mall took its own failure for a bug. */
    long internalErrors() {
        return internalErrors.get();
    }

    JsonNode get(String path) {
        return find(path).successful("GET " + path);
    }

    /** Also what says that there is no such thing. */
    Answer find(String path) {
        return untilAnswered(request(path).GET().build());
    }

    /** All items of all pages. */
    List<JsonNode> list(String path) {
        var items = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = get(path + (path.contains("?") ? "&" : "?") + "limit=" + PAGE
                    + (next.isEmpty() ? "" : "&cursor=" + next));
            page.get("items").forEach(items::add);
            next = page.path("next").asText("").replace("null", "");
        } while (!next.isEmpty());
        return items;
    }

    Answer post(String path, Object body) {
        return untilAnswered(request(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(json(body)))
                .build());
    }

    UUID created(String path, Object body) {
        return UUID.fromString(
                post(path, body).successful("POST " + path).get("id").asText());
    }

    void put(String path, Object body) {
        untilAnswered(request(path).PUT(BodyPublishers.ofString(json(body))).build())
                .successful("PUT " + path);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(15));
    }

    private Answer untilAnswered(HttpRequest request) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var last = "";
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            try {
                var answer = http.send(request, BodyHandlers.ofString());
                if (answer.statusCode() < 500) {
                    return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
                }
                internalErrors.addAndGet(answer.statusCode() == 500 ? 1 : 0);
                last = answer.statusCode() + " " + answer.body();
            } catch (IOException noAnswer) {
                last = noAnswer.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            repeated.incrementAndGet();
            Patience.pause(Duration.ofMillis(200));
        }
        throw new Broken("%s %s has no answer: %s".formatted(request.method(), request.uri(), last));
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
