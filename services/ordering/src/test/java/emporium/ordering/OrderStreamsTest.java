package emporium.ordering;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.RejectOrder;
import emporium.contracts.payments.InvoiceStatus;
import emporium.eventsourcing.EventStore;
import emporium.eventsourcing.Metadata;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders watched by Server-Sent Events. */
@QuarkusTest
class OrderStreamsTest {
    /** Many more than the connections that the pool can give. */
    private static final int MANY = 150;

    @TestHTTPResource("/api/orders/")
    URI address;

    @Inject
    Stage stage;

    @Inject
    OrderStreams streams;

    @Inject
    DataSource database;

    @Inject
    ObjectMapper json;

    @Inject
    OrderProjection projection;

    @Inject
    InstantSource clock;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void hangUp() {
        client.shutdownNow();
        await().until(() -> streams.open() == 0);
    }

    @Test
    void the_present_status_is_told_at_once() {
        var order = stage.order(OrderStatus.APPROVED);
        try (var watcher = watch(order)) {
            await().until(() -> watcher.statuses().equals(List.of("APPROVED")));
            assertEquals(200, watcher.response().statusCode());
            assertTrue(watcher.response()
                    .headers()
                    .firstValue("Content-Type")
                    .orElseThrow()
                    .startsWith("text/event-stream"));
            assertEquals(List.of("2"), watcher.ids());
        }
    }

    @Test
    void what_is_told_is_the_order_as_rest_shows_it() {
        var order = stage.order(OrderStatus.READY);
        try (var watcher = watch(order)) {
            await().until(() -> watcher.statuses().size() == 1);
            var data = watcher.lines().stream()
                    .filter(line -> line.startsWith("data:"))
                    .toList()
                    .getFirst();
            assertEquals(
                    given().get("/api/orders/" + order).jsonPath().getMap(""),
                    JsonPath.from(data.substring(5)).getMap(""));
        }
    }

    @Test
    void each_change_is_told_once_and_in_order_and_the_stream_ends_with_the_story() {
        var order = stage.placed();
        try (var watcher = watch(order)) {
            await().until(() -> watcher.statuses().size() == 1);
            stage.approved(order);
            stage.fetched(order);
            stage.invoice(order, InvoiceStatus.PAID);
            await().until(watcher::ended);
            assertEquals(List.of("PENDING", "APPROVED", "READY", "COMPLETED"), watcher.statuses());
            assertEquals(List.of("1", "2", "3", "4"), watcher.ids());
        }
    }

    @Test
    void two_changes_of_one_commit_are_both_told() {
        var order = stage.fetched(stage.placed());
        try (var watcher = watch(order)) {
            await().until(() -> watcher.statuses().size() == 1);
            stage.approved(order);
            await().until(() -> watcher.statuses().equals(List.of("PENDING", "APPROVED", "READY")));
        }
    }

    @Test
    void a_change_made_by_another_replica_is_told_too() {
        var order = stage.placed();
        try (var watcher = watch(order)) {
            await().until(() -> watcher.statuses().size() == 1);
            approvedElsewhere(order);
            await().until(() -> watcher.statuses().equals(List.of("PENDING", "APPROVED")));
        }
    }

    @Test
    void an_order_that_is_over_is_told_once_and_the_stream_ends() {
        for (var status : List.of(OrderStatus.COMPLETED, OrderStatus.REJECTED, OrderStatus.CANCELLED)) {
            try (var watcher = watch(stage.order(status))) {
                await().until(watcher::ended);
                assertEquals(List.of(status.name()), watcher.statuses());
            }
        }
    }

    @Test
    void who_was_cut_off_is_told_what_he_missed() {
        var order = stage.order(OrderStatus.READY);
        try (var watcher = Watcher.of(client, events(order), "1")) {
            await().until(() -> watcher.statuses().equals(List.of("APPROVED", "READY")));
        }
    }

    @Test
    void who_missed_nothing_or_names_nonsense_is_told_the_present_status() {
        var order = stage.order(OrderStatus.READY);
        for (var lastEvent : List.of("3", "99", "-1", "yesterday", "9".repeat(40))) {
            try (var watcher = Watcher.of(client, events(order), lastEvent)) {
                await().until(() -> watcher.statuses().equals(List.of("READY")));
            }
        }
    }

    @Test
    void an_unknown_order_is_not_found() {
        var unknown = UUID.randomUUID();
        given().accept("text/event-stream")
                .get("/api/orders/" + unknown + "/events")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", equalTo("There is no order " + unknown + "."));
    }

    @Test
    void a_quiet_stream_shows_signs_of_life() {
        try (var watcher = watch(stage.placed())) {
            await().until(() -> watcher.statuses().size() == 1);
            streams.beatOnce();
            await().until(() -> watcher.lines().contains(":"));
        }
    }

    @Test
    void a_client_that_hangs_up_is_forgotten() {
        var order = stage.placed();
        var watcher = watch(order);
        await().until(() -> streams.open() == 1);
        watcher.close();
        await().until(() -> streams.open() == 0);
        stage.approved(order);
    }

    @Test
    void many_open_streams_hold_neither_connections_nor_threads() {
        var before = Thread.getAllStackTraces().size();
        var orders = IntStream.range(0, MANY).mapToObj(i -> stage.placed()).toList();
        var watchers = orders.stream().map(this::watch).toList();
        await().until(() -> streams.open() == MANY);
        assertTrue(Thread.getAllStackTraces().size() - before < MANY / 2);
        orders.forEach(order -> stage.told(new RejectOrder(order, "sold out")));
        await().atMost(Duration.ofSeconds(30)).until(() -> watchers.stream().allMatch(Watcher::ended));
        watchers.forEach(watcher -> assertEquals(List.of("PENDING", "REJECTED"), watcher.statuses()));
    }

    @Test
    void many_may_watch_one_order() {
        var order = stage.placed();
        var watchers = Stream.generate(() -> watch(order)).limit(20).toList();
        stage.cancelled(stage.cancelAsked(order));
        await().atMost(Duration.ofSeconds(30)).until(() -> watchers.stream().allMatch(Watcher::ended));
        watchers.forEach(watcher -> assertEquals(List.of("PENDING", "CANCELLING", "CANCELLED"), watcher.statuses()));
    }

    /** As a replica does it: in the database, with nobody in this process being told. */
    private void approvedElsewhere(UUID order) {
        var elsewhere = new EventStore(database, "ordering", json, projection);
        QuarkusTransaction.requiringNew().run(() -> {
            var loaded = elsewhere.find(Order.TYPE, order).orElseThrow();
            elsewhere.save(
                    Order.TYPE, loaded, loaded.state().approve(Stage.listOf(order)), Metadata.at(clock.instant()));
        });
    }

    private Watcher watch(UUID order) {
        return Watcher.of(client, events(order));
    }

    private URI events(UUID order) {
        return address.resolve(order + "/events");
    }
}
