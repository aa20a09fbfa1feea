package emporium.payments;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PaymentResourceTest {

    @Inject
    DataSource database;

    private final UUID ann = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(strings = {"approve", "decline-on-capture"})
    void an_approved_payment_is_authorised_and_found_under_the_location(String method) {
        var created = pay(null, "1999", "EUR", method);

        created.then()
                .statusCode(201)
                .body("status", equalTo("AUTHORIZED"))
                .body("customerId", equalTo(ann.toString()))
                .body("amount.amount", equalTo(1999))
                .body("amount.currency", equalTo("EUR"))
                .body("orderId", nullValue());
        assertEquals("/api/payments/" + created.jsonPath().getString("id"), created.header("Location"));
        assertEquals(created.asString(), given().get(created.header("Location")).asString());
    }

    @Test
    void a_declined_payment_is_422_with_the_reason() {
        pay(null, "1999", "EUR", "decline")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString("declined"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, EUR, approve, amount.amount",
        "-1, EUR, approve, amount.amount",
        "19.99, EUR, approve, amount.amount",
        "99999999999999999999, EUR, approve, amount.amount",
        "1999, euro, approve, amount.currency",
        "1999, '', approve, amount.currency",
        "1999, EUR, barter, method",
        "1999, EUR, '', method"
    })
    void bad_input_is_400_and_named(String amount, String currency, String method, String field) {
        pay(null, amount, currency, method).then().statusCode(400).body("violations[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource({
        "'{}', amount",
        "'{\"amount\": {\"amount\": 1, \"currency\": \"EUR\"}, \"method\": \"approve\"}', customerId",
        "'{\"customerId\": \"x\"}', customerId",
        "'{\"customerId\": \"01930000-0000-7000-8000-000000000001\", \"amount\": {\"amount\": 1}}', amount.currency",
        "'{\"customerId\": \"01930000-0000-7000-8000-000000000001\", \"amount\": 1}', amount"
    })
    void a_missing_or_malformed_field_is_named(String body, String field) {
        given().contentType("application/json")
                .body(body)
                .post("/api/payments")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(field));
    }

    @Test
    void an_unknown_payment_is_404() {
        given().get("/api/payments/" + UUID.randomUUID()).then().statusCode(404);
        given().get("/api/payments/7").then().statusCode(404);
    }

    @Test
    void the_same_idempotency_key_authorises_once() {
        var key = UUID.randomUUID().toString();

        var first = pay(key, "1999", "EUR", "approve");

        assertEquals(first.asString(), pay(key, "1999", "EUR", "approve").asString());
        pay(key, "2000", "EUR", "approve").then().statusCode(422);
    }

    @Test
    void twins_with_a_slow_gateway_get_one_payment() throws Exception {
        var key = UUID.randomUUID().toString();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = clients.submit(() -> pay(key, "1999", "EUR", "slow"));
            var second = clients.submit(() -> pay(key, "1999", "EUR", "slow"));

            assertEquals(201, first.get().statusCode());
            assertEquals(first.get().asString(), second.get().asString());
        }
    }

    @Test
    void a_slow_gateway_is_not_awaited_inside_a_transaction() throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = clients.submit(() -> pay(UUID.randomUUID().toString(), "1999", "EUR", "slow"));

            await().during(Duration.ofSeconds(1)).until(() -> !someoneIsIdleInATransaction());

            assertEquals(false, slow.isDone());
            assertEquals(201, slow.get().statusCode());
        }
    }

    private boolean someoneIsIdleInATransaction() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select exists (select from pg_stat_activity
                                       where state = 'idle in transaction'
                                         and state_change < clock_timestamp() - interval '200 ms')""")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private Response pay(String key, String amount, String currency, String method) {
        var request = given().contentType("application/json").body("""
                        {"customerId": "%s", "amount": {"amount": %s, "currency": "%s"}, "method": "%s"}""".formatted(ann, amount, currency, method));
        return (key == null ? request : request.header("Idempotency-Key", key)).post("/api/payments");
    }
}
