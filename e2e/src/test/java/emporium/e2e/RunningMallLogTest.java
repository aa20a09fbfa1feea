package emporium.e2e;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.mall.stories.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console of a mall that is told by one variable to log JSON. */
@ExtendWith(RunningMallLogTest.Logging.class)
class RunningMallLogTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Shop shop = new Shop();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void what_is_logged_of_an_order_has_the_ids_of_its_request(RunningMall mall) throws IOException {
        var correlation = UUID.randomUUID();
        var order = placed(correlation);
        shop.reached(order, "APPROVED");
        var ended = await().until(
                        () -> records(mall).stream()
                                .filter(line -> line.path("mdc")
                                        .path("sagaKey")
                                        .asText()
                                        .equals(order.toString()))
                                .toList(),
                        lines -> lines.stream()
                                .anyMatch(line -> line.path("message").asText().endsWith(": COMPLETED")))
                .getLast();
        assertEquals("emporium.saga.SagaReport", ended.path("loggerName").asText());
        assertEquals(
                correlation.toString(), ended.path("mdc").path("correlationId").asText());
        assertEquals(TRACE, ended.path("mdc").path("traceId").asText());
    }

    private UUID placed(UUID correlation) {
        var ann = shop.customer();
        var lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        shop.onShelves(lamp, 10);
        return given().contentType("application/json")
                .header("X-Correlation-Id", correlation)
                .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .body(Shop.orderOf(ann, shop.payment(ann, 5997), Map.of(lamp, 3)))
                .post("/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getUUID("id");
    }

    /** What the mall has written; all of it must be JSON. */
    private List<JsonNode> records(RunningMall mall) throws IOException {
        return Files.readAllLines(mall.data().resolve("logs/mall.log")).stream()
                .map(this::parsed)
                .toList();
    }

    private JsonNode parsed(String line) {
        try {
            return json.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    static class Logging extends SharedMall {
        Logging() {
            super(List.of(), Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"));
        }
    }
}
