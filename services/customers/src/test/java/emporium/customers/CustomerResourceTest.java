package emporium.customers;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CustomerResourceTest {

    @Inject
    DataSource database;

    private static final String ANN = registration("Ann", "ann@example.org", "+4912345");

    @Test
    void a_registered_customer_is_enabled_and_found_under_the_location() {
        var created = post(ANN);

        created.then()
                .statusCode(201)
                .body("name", equalTo("Ann"))
                .body("email", equalTo("ann@example.org"))
                .body("smsNumber", equalTo("+4912345"))
                .body("enabled", equalTo(true));
        assertEquals("/api/customers/" + id(created), created.header("Location"));
        assertEquals(created.asString(), given().get(created.header("Location")).asString());
    }

    @Test
    void the_same_idempotency_key_registers_one_customer() {
        var key = UUID.randomUUID().toString();

        assertEquals(id(post(key, ANN)), id(post(key, ANN)));
        post(key, registration("Bob", "bob@example.org", "+4912345")).then().statusCode(422);
    }

    @Test
    void what_is_changed_stays_changed() {
        var path = "/api/customers/" + id(post(ANN));

        put(path + "/sms-number", "{\"smsNumber\": \"+499999\"}")
                .then()
                .statusCode(200)
                .body("smsNumber", equalTo("+499999"));
        put(path + "/email", "{\"email\": \"ann@example.com\"}")
                .then()
                .statusCode(200)
                .body("email", equalTo("ann@example.com"));
        put(path + "/enabled", "{\"enabled\": false}").then().statusCode(200).body("enabled", equalTo(false));

        given().get(path)
                .then()
                .body("name", equalTo("Ann"))
                .body("smsNumber", equalTo("+499999"))
                .body("email", equalTo("ann@example.com"))
                .body("enabled", equalTo(false));
    }

    @Test
    void an_unknown_customer_is_404() {
        var path = "/api/customers/" + UUID.randomUUID();

        given().get(path).then().statusCode(404).contentType("application/problem+json");
        put(path + "/enabled", "{\"enabled\": false}").then().statusCode(404);
        given().get("/api/customers/7").then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ann@example.org, +4912345, name",
        "' ', ann@example.org, +4912345, name",
        "Ann, ann, +4912345, email",
        "Ann, ann@, +4912345, email",
        "Ann, '', +4912345, email",
        "Ann, ann@example.org, 0123456, smsNumber",
        "Ann, ann@example.org, +12x4567, smsNumber",
        "Ann, ann@example.org, +, smsNumber",
        "Ann, ann@example.org, +1 (-2) -, smsNumber",
        "Ann, ann@example.org, '', smsNumber"
    })
    void bad_input_registers_nobody_and_is_named(String name, String email, String smsNumber, String field) {
        post(registration(name, email, smsNumber)).then().statusCode(400).body("violations[0].field", equalTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+4912", "+49 170 1234567", "+44 (0)7700-900001", "+1 (555) 010-9999"})
    void an_sms_number_may_be_written_as_people_write_it(String smsNumber) {
        post(registration("Ann", "ann@example.org", smsNumber))
                .then()
                .statusCode(201)
                .body("smsNumber", equalTo(smsNumber));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "email", "smsNumber"})
    void a_missing_field_is_named(String field) {
        post(ANN.replace(field, "other")).then().statusCode(400).body("violations[0].field", equalTo(field));
    }

    @Test
    void a_name_has_at_most_200_characters() {
        post(registration("x".repeat(200), "x@example.org", "+4912345")).then().statusCode(201);
        post(registration("x".repeat(201), "x@example.org", "+4912345")).then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, {}",
        "enabled, '{\"enabled\": \"yes\"}'",
        "email, '{\"email\": null}'",
        "sms-number, '{\"smsNumber\": 49}'"
    })
    void a_bad_change_is_400_and_changes_nothing(String what, String body) {
        var created = post(ANN);

        put(created.header("Location") + "/" + what, body).then().statusCode(400);

        assertEquals(created.asString(), given().get(created.header("Location")).asString());
    }

    @Test
    void of_two_changes_at_once_one_is_told_to_look_again() throws Exception {
        var id = id(post(ANN));
        try (var clients = Executors.newVirtualThreadPerTaskExecutor();
                var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            connection
                    .createStatement()
                    .execute("update customers.customer set version = version + 1 where id = '%s'".formatted(id));

            var overtaken = clients.submit(() -> put("/api/customers/" + id + "/enabled", "{\"enabled\": false}"));
            await().until(this::someoneWaitsForALock);
            connection.commit();

            overtaken.get().then().statusCode(409).body("retryable", equalTo(true));
        }
        given().get("/api/customers/" + id).then().body("enabled", equalTo(true));
    }

    private boolean someoneWaitsForALock() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select exists (select from pg_locks where not granted)")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static String registration(String name, String email, String smsNumber) {
        return "{\"name\": \"%s\", \"email\": \"%s\", \"smsNumber\": \"%s\"}".formatted(name, email, smsNumber);
    }

    private static Response post(String body) {
        return given().contentType("application/json").body(body).post("/api/customers");
    }

    private static Response post(String key, String body) {
        return given().header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body)
                .post("/api/customers");
    }

    private static Response put(String path, String body) {
        return given().contentType("application/json").body(body).put(path);
    }

    private static String id(Response response) {
        return response.jsonPath().getString("id");
    }
}
