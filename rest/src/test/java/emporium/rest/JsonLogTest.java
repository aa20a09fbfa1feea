package emporium.rest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.messaging.MessageContext;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is logged as JSON, into a file that the test can read. */
@QuarkusTest
@TestProfile(JsonLogTest.IntoFile.class)
class JsonLogTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + SPAN + "-01";
    private static final Path LOG =
            Path.of("target", "json-" + ProcessHandle.current().pid() + ".log");

    private final UUID correlation = UUID.randomUUID();

    @Inject
    ThingsEndpoint things;

    @Inject
    @OwnedBy("things")
    Outbox outbox;

    @Inject
    MessageIds ids;

    @Inject
    ObjectMapper json;

    @Test
    void what_is_logged_of_a_request_has_its_ids() {
        given().header("X-Correlation-Id", correlation)
                .header("traceparent", TRACEPARENT)
                .get("/test/things/failures/bug")
                .then()
                .statusCode(500);
        var ids = await().until(this::logged, Optional::isPresent).orElseThrow();
        assertEquals(TRACE, ids.path("traceId").asText());
        assertEquals(SPAN, ids.path("spanId").asText());
    }

    @Test
    void what_is_logged_of_a_message_has_its_ids() {
        var thing = UUID.randomUUID();
        things.broken.add(thing);
        var command = ids.next();
        var context = new MessageContext(correlation, null, TRACEPARENT, "ann");
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.send(command, thing, new ThingsEndpoint.Use(thing), context));
        var ids = await().until(this::logged, Optional::isPresent).orElseThrow();
        assertEquals(command.toString(), ids.path("messageId").asText());
        assertEquals(TRACE, ids.path("traceId").asText());
        assertEquals(SPAN, ids.path("spanId").asText());
    }

    /** The ids of the record that has the correlation id; every line of the log must be JSON. */
    private Optional<JsonNode> logged() throws IOException {
        for (var line : Files.readAllLines(LOG)) {
            var ids = json.readTree(line).path("mdc");
            if (ids.path("correlationId").asText().equals(correlation.toString())) {
                return Optional.of(ids);
            }
        }
        return Optional.empty();
    }

    public static class IntoFile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.log.file.enabled", "true",
                    "quarkus.log.file.path", LOG.toString(),
                    "quarkus.log.file.json.enabled", "true",
                    "quarkus.log.file.filter", "context");
        }
    }
}
