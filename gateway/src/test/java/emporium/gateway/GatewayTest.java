package emporium.gateway;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class GatewayTest {

    @TestHTTPResource("/")
    URI address;

    @ParameterizedTest
    @CsvSource({
        "/api/customers, customers",
        "/api/stores/1/products, stores",
        "/api/products/1?at=now, stores",
        "/api/orders, ordering",
        "/api/depot/bots/1/heartbeat, depot",
        "/api/payments/1, payments",
        "/api/invoices?orderId=1, payments",
        "/api/notifications/1, notifications",
        "/api/search/orders?q=lamp, search",
        "/api/sagas/1/retry, orchestrator"
    })
    void a_path_leads_to_its_service(String path, String service) {
        given().body("hello")
                .put(path)
                .then()
                .statusCode(201)
                .header("X-Service", service)
                .body(equalTo("PUT " + path + " hello"));
    }

    @Test
    void a_location_leads_to_the_gateway() {
        when().get("/api/customers/1").then().header("Location", "http://" + address.getAuthority() + "/there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/orders/%zz", "/api/orders?limit=%", "/nothing/["})
    void a_uri_that_cannot_be_decoded_is_a_problem(String uri) throws Exception {
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            var request = "GET " + uri + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request"), answer);
            assertTrue(answer.contains("ontent-Type: application/problem+json"), answer);
            assertTrue(answer.contains("\"violations\":[{\"field\":\"path\""), answer);
        }
    }

    @Test
    void the_list_of_parked_messages_is_only_read() {
        when().delete("/api/messages/parked")
                .then()
                .statusCode(405)
                .header("Allow", "GET, HEAD")
                .contentType("application/problem+json");
    }

    @Test
    void a_parked_message_whose_id_is_none_is_asked_of_nobody() {
        given().urlEncodingEnabled(false)
                .get("/api/messages/parked/a%20HTTP%2F1.1%0D%0AX:%20y")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    @Test
    void a_path_of_nobody_is_not_found() {
        when().get("/api/customersandmore")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("/api/customersandmore"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/API/CUSTOMERS", "/elsewhere", "/"})
    void whatever_lies_outside_of_the_api_is_not_found_either(String path) {
        when().get(path).then().statusCode(404).contentType("application/problem+json");
    }

    @Test
    void a_path_that_means_a_percent_sign_is_handed_on() {
        given().urlEncodingEnabled(false)
                .get("/api/orders/%25zz/events;a=b")
                .then()
                .statusCode(201);
    }

    @Test
    void an_address_that_is_too_long_is_refused_as_the_services_do() {
        when().get("/api/customers?cursor=" + "x".repeat(8_200))
                .then()
                .statusCode(414)
                .contentType("application/problem+json")
                .body("status", equalTo(414));
    }

    @Test
    void a_replica_that_cannot_be_reached_is_passed_over() {
        for (int i = 0; i < 4; i++) {
            when().get("/api/depot/bots").then().statusCode(201);
        }
    }

    @Test
    void a_service_that_cannot_be_reached_is_a_problem_that_may_pass() {
        given().body("a basket")
                .post("/api/baskets")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("detail", equalTo("The service baskets cannot be reached."))
                .body("retryable", equalTo(true));
    }

    @Test
    void a_body_that_no_service_takes_is_refused_with_a_problem() {
        given().body("x".repeat(1_500_000))
                .post("/api/orders")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", equalTo("The body is larger than 1048576 bytes."));
    }

    @ParameterizedTest
    @EnumSource
    void a_body_that_comes_in_chunks_is_refused_where_no_service_takes_it(HttpClient.Version version) throws Exception {
        var response = postChunks(version, "/api/orders", "x".repeat(20_000_000));
        assertEquals(413, response.statusCode());
        assertTrue(response.body().contains("The body is larger than 1048576 bytes."), response.body());
    }

    @ParameterizedTest
    @EnumSource
    void a_body_that_comes_in_chunks_reaches_its_service_whole(HttpClient.Version version) throws Exception {
        for (var body : List.of("", "a basket", "x".repeat(1_048_576))) {
            assertEquals(
                    "POST /api/orders " + body,
                    postChunks(version, "/api/orders", body).body());
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_body_that_comes_in_chunks_for_a_service_that_is_away_is_a_problem_that_may_pass(HttpClient.Version version)
            throws Exception {
        assertEquals(503, postChunks(version, "/api/baskets", "a basket").statusCode());
    }

    private HttpResponse<String> postChunks(HttpClient.Version version, String path, String body) throws Exception {
        try (var client = HttpClient.newBuilder().version(version).build()) {
            var chunks = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(UTF_8)));
            return client.send(
                    HttpRequest.newBuilder(address.resolve(path)).POST(chunks).build(), BodyHandlers.ofString());
        }
    }

    @Test
    void a_service_that_breaks_off_leaves_it_open_what_it_has_done() {
        when().get("/api/orders/1/hang-up").then().statusCode(502).body("retryable", nullValue());
    }

    /** A replica that is told to stop answers for five seconds more (QUARKUS_SHUTDOWN_DELAY). */
    @Test
    void a_service_that_keeps_silent_is_not_waited_for_for_ever() {
        var before = Backends.connections("ordering");
        when().get("/api/orders/1/silence")
                .then()
                .statusCode(504)
                .contentType("application/problem+json")
                .body("detail", equalTo("The service ordering has not answered in time."))
                .body("retryable", nullValue());
        await().until(() -> Backends.connections("ordering") <= before);
    }

    @Test
    void a_connection_that_nobody_uses_is_given_up_before_its_replica_can_go() {
        when().get("/api/search/orders").then().statusCode(201);
        assertEquals(1, Backends.connections("search"));
        await().atMost(Duration.ofMillis(4_500)).until(() -> Backends.connections("search") == 0);
    }

    @Test
    void events_flow_while_they_happen() throws Exception {
        var connection = address.resolve("/api/orders/1/events").toURL().openConnection();
        connection.setReadTimeout(10_000);
        try (var lines = new BufferedReader(new InputStreamReader(connection.getInputStream()))) {
            assertEquals("data: tick", lines.readLine());
        }
    }

    @Test
    void the_parked_messages_of_one_service_are_asked_of_it() {
        when().get("/api/messages/parked?service=depot").then().body("items.id", contains(Backends.DEPOTS_MESSAGE));
    }

    @Test
    void a_service_that_cannot_be_asked_for_its_parked_messages_is_named() {
        when().get("/api/messages/parked").then().statusCode(503).body("detail", containsString("baskets"));
    }

    @ParameterizedTest
    @CsvSource({"'', 2", "?limit=, 2", "?limit=2, 2", "?limit=1, 1"})
    void the_parked_messages_of_all_services_are_one_list(String query, int found) throws Exception {
        try (var _ = Backends.baskets()) {
            when().get("/api/messages/parked" + query)
                    .then()
                    .statusCode(200)
                    .body(
                            "items.id",
                            equalTo(List.of(Backends.DEPOTS_MESSAGE, Backends.ORDERINGS_MESSAGE)
                                    .subList(0, found)));
        }
    }

    @Test
    void a_parked_message_is_found_at_the_service_that_has_it() {
        when().get("/api/messages/parked/" + Backends.DEPOTS_MESSAGE)
                .then()
                .statusCode(200)
                .body(equalTo("depot"));
    }

    @Test
    void it_is_ready_when_all_services_are() {
        // One of them is never there.
        when().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'services' }.data.depot", equalTo("UP"))
                .body("checks.find { it.name == 'services' }.data.baskets", equalTo("DOWN"));
        Backends.readiness("depot", 503);
        when().get("/q/health/ready").then().body("checks.find { it.name == 'services' }.data.depot", equalTo("DOWN"));
        Backends.readiness("depot", 200);
        when().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void one_document_describes_all_services_that_answer() {
        when().get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/api/depot'.schema.'$ref'", equalTo("#/components/schemas/depot.Line"))
                .body("paths.'/api/orders'", nullValue())
                .body("paths.'/api/ordering'.schema.'$ref'", equalTo("#/components/schemas/Line"))
                .body("components.schemas.'depot.Line'.description", equalTo("of a list"));
        when().get("/q/openapi/payments").then().body("paths.size()", equalTo(1));
    }

    @Test
    void addresses_are_counted_by_their_area() {
        var id = "01930000-0000-7000-8000-000000000001";
        when().get("/api/orders/" + id).then().statusCode(201);
        when().get("/nothing/" + id).then().statusCode(404);
        when().get("/q/metrics")
                .then()
                .body(not(containsString(id)))
                .body(containsString("uri=\"/api/orders\""))
                .body(containsString("uri=\"/OTHER\""));
    }
}
