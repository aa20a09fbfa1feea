package emporium.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class CorrelationTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @CsvSource({"/test/things/context, true", "/test/plain-things/context, false"})
    void the_resource_works_in_the_context_of_its_request(String path, boolean virtual) {
        var correlation = UUID.randomUUID().toString();

        given().header("X-Correlation-Id", correlation)
                .header("traceparent", TRACE)
                .get(path)
                .then()
                .statusCode(200)
                .header("X-Correlation-Id", correlation)
                .body("correlationId", equalTo(correlation))
                .body("traceparent", equalTo(TRACE))
                .body("actor", equalTo("anonymous"))
                .body("virtual", equalTo(virtual));
    }

    @Test
    void without_a_usable_correlation_id_a_request_gets_one() {
        var made = given().header("X-Correlation-Id", "mine").get("/test/things/context");

        made.then().header("X-Correlation-Id", not("mine"));
        assertEquals(made.header("X-Correlation-Id"), made.jsonPath().getString("correlationId"));
        assertNotEquals(
                made.header("X-Correlation-Id"),
                given().get("/test/things/context").header("X-Correlation-Id"));
    }

    @ParameterizedTest
    @CsvSource({"/test/things/context", "/test/plain-things/context"})
    void nothing_leaks_from_one_request_to_another(String path) throws Exception {
        Callable<Void> request = () -> {
            var correlation = UUID.randomUUID().toString();
            given().header("X-Correlation-Id", correlation)
                    .header("traceparent", TRACE)
                    .get(path)
                    .then()
                    .body("correlationId", equalTo(correlation));
            given().get(path).then().body("correlationId", not(correlation)).body("traceparent", nullValue());
            return null;
        };
        try (var clients = Executors.newFixedThreadPool(8)) {
            for (var done : clients.invokeAll(
                    IntStream.range(0, 64).mapToObj(i -> request).toList())) {
                done.get();
            }
        }
    }
}
