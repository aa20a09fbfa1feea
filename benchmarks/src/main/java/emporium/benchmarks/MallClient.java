package emporium.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks REST with the mall: every answer but a success ends the run. Any number of threads may call. */
final class MallClient {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private static final ObjectWriter WRITER = MAPPER.writer();

    /** More would only wait in the mall; who waits here waits within the latency that is measured. */
    private static final int CONNECTIONS = 64;

    private final List<URI> addresses;
    private final AtomicInteger next = new AtomicInteger();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final Semaphore connections = new Semaphore(CONNECTIONS);

    /** @param addresses of all replicas, which are asked in turn */
    MallClient(List<URI> addresses) {
        this.addresses = addresses;
    }

    boolean isReady() throws InterruptedException {
        try {
            return http.send(request("/q/health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notThere) {
            return false;
        }
    }

    static ObjectReader reader(Class<?> type) {
        return MAPPER.readerFor(type);
    }

    <T> T get(String path, ObjectReader reader) throws InterruptedException {
        return read(send(request(path).build()), reader);
    }

    <T> T post(String path, Object body, ObjectReader reader) throws InterruptedException {
        return read(
                send(request(path).POST(BodyPublishers.ofByteArray(json(body))).build()), reader);
    }

    void post(String path, Object body) throws InterruptedException {
        send(request(path).POST(BodyPublishers.ofByteArray(json(body))).build());
    }

    void put(String path, Object body) throws InterruptedException {
        send(request(path).PUT(BodyPublishers.ofByteArray(json(body))).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address().resolve(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60));
    }

    private URI address() {
        return addresses.get(Math.floorMod(next.getAndIncrement(), addresses.size()));
    }

    private byte[] send(HttpRequest request) throws InterruptedException {
        connections.acquire();
        try {
            var answer = http.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw new NoResult("%s %s was answered with %d: %s"
                        .formatted(
                                request.method(),
                                request.uri().getPath(),
                                answer.statusCode(),
                                new String(answer.body())));
            }
            return answer.body();
        } catch (IOException e) {
            throw new NoResult(
                    "%s %s was not answered: %s.".formatted(request.method(), request.uri(), e.getMessage()), e);
        } finally {
            connections.release();
        }
    }

    private static byte[] json(Object body) {
        try {
            return WRITER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static <T> T read(byte[] body, ObjectReader reader) {
        try {
            return reader.readValue(body);
        } catch (IOException e) {
            throw new NoResult("An answer of the mall cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
