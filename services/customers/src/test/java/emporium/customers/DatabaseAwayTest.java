package emporium.customers;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DatabaseAwayTest.NoDatabase.class)
class DatabaseAwayTest {

    /** Nobody listens on the port of the database. */
    public static class NoDatabase implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:1/away",
                    "emporium.messaging.start-wait", "1s");
        }
    }

    private static final String ANN =
            "{\"name\": \"Ann\", \"email\": \"ann@example.org\", \"smsNumber\": \"+4912345\"}";

    @Test
    void without_a_database_every_request_is_told_to_come_back() {
        assertUnavailable(given().get("/api/customers/" + UUID.randomUUID()));
        assertUnavailable(given().contentType("application/json").body(ANN).post("/api/customers"));
        assertUnavailable(given().header("Idempotency-Key", "k")
                .contentType("application/json")
                .body(ANN)
                .post("/api/customers"));
        assertUnavailable(given().contentType("application/json")
                .body("{\"enabled\": true}")
                .put("/api/customers/" + UUID.randomUUID() + "/enabled"));
    }

    private static void assertUnavailable(Response response) {
        response.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("\\d+"))
                .body("retryable", equalTo(true))
                .body("detail", containsString("database is not available"));
    }
}
