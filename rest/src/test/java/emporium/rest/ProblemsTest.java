package emporium.rest;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemsTest {

    private static final String ITEM = "{'productId': '01930000-0000-7000-8000-000000000001', 'quantity': 1}";

    @TestHTTPResource("/test/things")
    URI things;

    @Test
    void an_unknown_id_is_404_with_all_that_a_problem_has() {
        var id = UUID.randomUUID();

        var problem = problem(given().get("/test/things/" + id).then(), 404);

        problem.body("type", equalTo("about:blank"))
                .body("title", equalTo("Not Found"))
                .body("detail", equalTo("There is no thing " + id + "."))
                .body("instance", equalTo("/test/things/" + id))
                .body("correlationId", notNullValue())
                .body("violations", nullValue());
    }

    @Test
    void a_path_that_nobody_serves_is_404() {
        problem(given().get("/test/nothing").then(), 404);
        problem(given().get("/nothing/at/all").then(), 404);
        problem(given().accept("text/html").get("/nothing").then(), 404);
        problem(given().post("/nothing").then(), 404);
        problem(given().get("/q/nothing").then(), 404);
        problem(given().get("/").then(), 404);
    }

    @Test
    void addresses_that_are_refused_are_counted_together_and_fill_no_metrics() {
        var name = UUID.randomUUID();
        given().delete("/test/things/" + name).then().statusCode(405);
        given().contentType("no type").get("/test/things/" + name).then().statusCode(415);
        given().get("/test/" + name).then().statusCode(404);

        given().get("/q/metrics")
                .then()
                .body(not(containsString(name.toString())))
                .body(containsString("outcome=\"CLIENT_ERROR\",status=\"415\",uri=\"/OTHER\""));
    }

    @Test
    void an_id_in_the_path_that_is_no_uuid_is_404() {
        problem(given().get("/test/things/not-a-uuid").then(), 404);
    }

    @Test
    void head_has_the_status_and_the_type_without_a_body() {
        given().head("/test/things/" + UUID.randomUUID()).then().statusCode(404).contentType(ProblemView.MEDIA_TYPE);
    }

    @Test
    void a_method_that_the_path_does_not_have_is_405() {
        problem(given().delete("/test/things").then(), 405);
    }

    @Test
    void a_405_says_which_methods_the_path_has() {
        given().delete("/test/things").then().header("Allow", "GET, HEAD, OPTIONS, POST");
        given().post("/test/things/" + UUID.randomUUID()).then().header("Allow", "GET, HEAD, OPTIONS");
    }

    @Test
    void a_body_of_another_type_is_415() {
        problem(
                given().contentType("text/plain")
                        .body("hello")
                        .post("/test/things")
                        .then(),
                415);
        problem(
                given().contentType("application/xml")
                        .body("<a/>")
                        .post("/test/things")
                        .then(),
                415);
    }

    @Test
    void plain_text_is_no_record_with_one_text() {
        problem(
                given().contentType("text/plain")
                        .body("hello")
                        .post("/test/things/notes")
                        .then(),
                415);
        given().contentType("application/json")
                .body(Map.of("text", "hello"))
                .post("/test/things/notes")
                .then()
                .statusCode(200)
                .body("text", equalTo("hello"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json, text/plain", "json", ";", "/"})
    void a_content_type_that_makes_no_sense_is_415(String type) throws Exception {
        var answer = answerTo("POST /test/things", "Content-Type: " + type, "Content-Length: 0");

        assertTrue(answer.startsWith("HTTP/1.1 415 Unsupported Media Type"), answer);
        assertTrue(answer.contains("ontent-Type: " + ProblemView.MEDIA_TYPE), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"image/png", "text/plain", "text/event-stream", "application/jsonx", "json", ";", "/", "a;q"})
    void a_client_that_takes_no_json_is_told_406(String accept) {
        problem(given().header("Accept", accept).get("/test/things").then(), 406);
        problem(given().header("Accept", accept).get("/test/things/context").then(), 406);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*;q=0.5",
                "json, application/json",
                "text/html, */*",
                "application/json;charset=utf-16"
            })
    void a_client_that_takes_json_among_others_gets_it(String accept) {
        given().header("Accept", accept)
                .get("/test/things/context")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("actor", equalTo("anonymous"));
    }

    @ParameterizedTest
    @CsvSource({"conflict, 409", "refused, 422", "away, 503", "version, 409", "unique, 409"})
    void a_problem_thrown_anywhere_is_answered_with_its_status(String kind, int status) {
        problem(given().get("/test/things/failures/" + kind).then(), status);
    }

    @Test
    void a_collision_says_that_the_request_may_be_sent_again() {
        problem(given().get("/test/things/failures/version").then(), 409).body("retryable", equalTo(true));
        problem(given().get("/test/things/failures/conflict").then(), 409).body("retryable", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-connection", "pool-empty", "read-only"})
    void a_database_that_is_away_is_503_with_the_time_to_wait(String kind) {
        problem(given().get("/test/things/failures/" + kind).then(), 503)
                .header("Retry-After", matchesPattern("\\d+"))
                .body("retryable", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "error"})
    void anything_else_is_500_and_tells_nothing_but_where_to_look(String kind) {
        var correlation = UUID.randomUUID().toString();

        var failed = given().header("X-Correlation-Id", correlation).get("/test/things/failures/" + kind);

        problem(failed.then(), 500)
                .body("detail", containsString(correlation))
                .body("correlationId", equalTo(correlation))
                .body(not(containsString("secret")))
                .body(not(containsString("Exception")));
    }

    @Test
    void every_field_that_breaks_a_constraint_is_named_as_in_the_json() {
        var body = "{'name': ' ', 'items': [" + ITEM + ", {'productId': null, 'quantity': 0}]}";

        problem(post(body), 400)
                .body("violations.field", equalTo(List.of("items[1].productId", "items[1].quantity", "name")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'name': 5                                          | name                 | must be a text without the character NUL",
                "'name': ['a']                                      | name                 | must be a text without the character NUL",
                "'name': 'a\\u0000b'                                | name                 | must be a text without the character NUL",
                "'items': {}                                        | items                | must be a list",
                "'items': ['a']                                     | items[0]             | must be an object with the right fields",
                "'items': [{'productId': 'x', 'quantity': 1}]       | items[0].productId   | must be a UUID",
                "'items': [{'quantity': '1'}]                       | items[0].quantity    | must be a whole number",
                "'items': [{'quantity': 1.5}]                       | items[0].quantity    | must be a whole number",
                "'items': [{'quantity': null}]                      | items[0].quantity    | must be a whole number",
                "'items': [{'quantity': true}]                      | items[0].quantity    | must be a whole number",
                "'items': [{'quantity': 99999999999}]               | items[0].quantity    | is out of range",
                "'price': {'amount': 19.99, 'currency': 'EUR'}      | price.amount         | must be a whole number",
                "'price': {'amount': 1e3, 'currency': 'EUR'}        | price.amount         | must be a whole number",
                "'price': {'currency': 'EUR'}                       | price.amount         | must be a whole number",
                "'price': {'amount': 1}                             | price.currency       | is missing",
                "'price': 5                                         | price                | must be an object with the right fields",
                "'colour': 'BLUE'                                   | colour               | must be one of RED, GREEN",
                "'colour': 0                                        | colour               | must be one of RED, GREEN",
                "'colour': ''                                       | colour               | must be one of RED, GREEN",
                "'since': 'yesterday'                               | since                | must be a time as ISO 8601 writes it",
                "'open': 'true'                                     | open                 | must be true or false",
                "'open': 1                                          | open                 | must be true or false"
            },
            quoteCharacter = '`')
    void a_value_of_the_wrong_type_is_400_and_named(String field, String name, String message) {
        problem(post("{" + field + "}"), 400)
                .body("violations[0].field", equalTo(name))
                .body("violations[0].message", equalTo(message));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", "{'name': 'a'", "{'name' 'a'}", "[]", "5", "'text'", "{} {}"})
    void what_is_no_json_or_no_object_is_400(String body) {
        problem(post(body), 400).body("violations[0].field", equalTo("body"));
    }

    @Test
    void a_field_that_comes_twice_is_400() {
        problem(post("{'name': null, 'name': 'a'}"), 400)
                .body("detail", equalTo("body is not JSON, or has a field twice: line 1, column 22."));
    }

    @Test
    void a_number_with_too_many_digits_is_400() {
        problem(post("{'unknown': " + "9".repeat(1_500) + "}"), 400)
                .body("detail", equalTo("body is nested too deeply, or has a value that is too long."));
    }

    @Test
    void a_deeply_nested_body_is_400() {
        problem(post("{'items':".repeat(5000)), 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/test/things/%zz", "/test/things?limit=%", "/test/things/[", "/test/things?a={b}"})
    void a_uri_that_cannot_be_decoded_is_400(String uri) throws Exception {
        var answer = answerTo("GET " + uri);

        assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request"), answer);
        assertTrue(answer.contains("ontent-Type: " + ProblemView.MEDIA_TYPE), answer);
        assertTrue(answer.contains("\"detail\":\"path or query cannot be decoded.\""), answer);
    }

    @Test
    void a_path_that_means_a_percent_sign_is_decoded_once() {
        problem(
                given().urlEncodingEnabled(false)
                        .get("/test/nothings/%25zz/at-all;a=b")
                        .then(),
                404);
    }

    @Test
    void a_uri_that_is_too_long_is_414() {
        problem(given().get("/test/things?cursor=" + "x".repeat(10_000)).then(), 414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/test/things/%00", "/test/things/a%2Fb"})
    void a_strange_path_is_404(String path) throws Exception {
        var answer = answerTo("GET " + path);

        assertTrue(answer.startsWith("HTTP/1.1 404 Not Found"), answer);
        assertTrue(answer.contains("Content-Type: " + ProblemView.MEDIA_TYPE), answer);
    }

    private String answerTo(String requestLine, String... headers) throws IOException {
        try (var socket = new Socket(things.getHost(), things.getPort())) {
            var lines = Stream.concat(Stream.of(requestLine + " HTTP/1.1", "Host: localhost"), Stream.of(headers));
            var request = lines.collect(joining("\r\n")) + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_missing_body_is_400() {
        problem(given().contentType("application/json").post("/test/things").then(), 400)
                .body("detail", equalTo("body is missing."));
        problem(post("null"), 400).body("detail", equalTo("body is missing."));
    }

    @ParameterizedTest
    @CsvSource({
        "owner, x, must be a UUID",
        "limit, x, must be a whole number",
        "limit, 0, must be greater than or equal to 1",
        "limit, 501, must be less than or equal to 500",
        "limit, 99999999999, must be a whole number",
        "colour, BLUE, 'must be one of RED, GREEN'",
        "open, perhaps, must be true or false",
        "since, noon, 'must be a time as ISO 8601 writes it, such as 2026-01-31T12:00:00Z'",
        "cursor, %, is not one that a former page has returned as next",
        "cursor, AAAA, is not one that a former page has returned as next"
    })
    void a_malformed_query_parameter_is_400_and_named(String name, String value, String message) {
        problem(given().queryParam(name, value).get("/test/things").then(), 400)
                .body("violations[0].field", equalTo(name))
                .body("violations[0].message", equalTo(message));
    }

    @Test
    void good_query_parameters_are_read() {
        given().queryParam("owner", UUID.randomUUID())
                .queryParam("limit", 500)
                .queryParam("colour", "RED")
                .queryParam("since", "2026-01-31T12:00:00Z")
                .queryParam("open", "true")
                .queryParam("cursor", Cursor.encode(UUID.randomUUID()))
                .get("/test/things")
                .then()
                .statusCode(200)
                .body("items.size()", equalTo(1))
                .body("containsKey('next')", equalTo(true))
                .body("next", nullValue());
    }

    @Test
    void a_body_that_is_too_large_is_413() throws Exception {
        assertTooLarge(BodyPublishers.ofByteArray(huge()));
    }

    @Test
    void a_body_that_turns_out_too_large_while_it_comes_is_413() throws Exception {
        assertTooLarge(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(huge())));
    }

    private void assertTooLarge(HttpRequest.BodyPublisher body) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(things)
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build();

            var response = client.send(request, BodyHandlers.ofString());

            assertEquals(413, response.statusCode());
            assertEquals(
                    ProblemView.MEDIA_TYPE,
                    response.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(
                    response.body().contains("\"detail\":\"The body is larger than 1048576 bytes.\""), response.body());
        }
    }

    private static byte[] huge() {
        return ("{\"name\": \"" + "x".repeat(1 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body.replace('\'', '"'))
                .post("/test/things")
                .then();
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType(ProblemView.MEDIA_TYPE)
                .header("X-Correlation-Id", notNullValue())
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("detail", notNullValue());
    }
}
