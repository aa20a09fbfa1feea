package emporium.mall;

import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static java.util.stream.Collectors.toMap;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.mall.stories.Shop;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The spans of one order, with tracing switched on. */
@QuarkusTest
@TestProfile(TraceTest.Traced.class)
class TraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CLIENT = "00f067aa0ba902b7";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AttributeKey<String> CORRELATION = AttributeKey.stringKey("messaging.message.conversation_id");

    /** Which consumer of which service hears what of an order without trouble, and what it follows from. */
    private static final Map<String, String> HEARD = Map.ofEntries(
            entry("orchestrator-events-ordering ordering.OrderCreated.v1", "POST /api/orders"),
            entry("customers-commands customers.AuthorizeCustomer.v1", "orchestrator-events-ordering"),
            entry("depot-commands depot.CreateShoppingList.v1", "orchestrator-events-ordering"),
            entry("payments-commands payments.ConfirmPayment.v1", "orchestrator-events-ordering"),
            entry("orchestrator-replies customers.CustomerAuthorized.v1", "customers-commands"),
            entry("orchestrator-replies depot.ShoppingListCreated.v1", "depot-commands"),
            entry("orchestrator-replies payments.PaymentConfirmed.v1", "payments-commands"),
            entry("depot-commands depot.InitiateShopping.v1", "orchestrator-replies"),
            entry("orchestrator-replies depot.ShoppingInitiated.v1", "depot-commands"),
            entry("ordering-commands ordering.ApproveOrder.v1", "orchestrator-replies"),
            entry("orchestrator-replies ordering.OrderApproved.v1", "ordering-commands"),
            entry("notifications-events-ordering ordering.OrderCreated.v1", "POST /api/orders"),
            entry("notifications-events-ordering ordering.OrderChanged.v1", "ordering-commands"),
            entry("search-events-ordering ordering.OrderCreated.v1", "POST /api/orders"),
            entry("search-events-ordering ordering.OrderChanged.v1", "ordering-commands"));

    private final Shop shop = new Shop();

    @Inject
    InMemorySpanExporter exporter;

    @Test
    void an_order_is_one_trace_from_its_request_through_every_service_to_its_approval() {
        var correlation = UUID.randomUUID();
        shop.reached(placed(correlation), "APPROVED");

        await().atMost(PATIENCE).untilAsserted(() -> assertEquals(HEARD, consumed(spans())));
        var spans = spans();
        assertEquals(List.of("POST /api/orders"), names(childrenOf(CLIENT, spans)));
        assertEquals(spans.size(), 1 + descendants(childrenOf(CLIENT, spans).getFirst(), spans));
        var elsewhere = exporter.getFinishedSpanItems().stream()
                .filter(span ->
                        correlation.toString().equals(span.getAttributes().get(CORRELATION)))
                .filter(span -> !span.getTraceId().equals(TRACE));
        assertEquals(List.of(), names(elsewhere.toList()));
    }

    private UUID placed(UUID correlation) {
        var ann = shop.customer();
        var lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        shop.onShelves(lamp, 10);
        return given().contentType("application/json")
                .header("X-Correlation-Id", correlation)
                .header("traceparent", "00-" + TRACE + "-" + CLIENT + "-01")
                .body(Shop.orderOf(ann, shop.payment(ann, 5997), Map.of(lamp, 3)))
                .post("/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getUUID("id");
    }

    /** Of the client's trace. */
    private List<SpanData> spans() {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getTraceId().equals(TRACE))
                .toList();
    }

    /** The handled messages, each with the request or the consumer that sent it. */
    private static Map<String, String> consumed(List<SpanData> spans) {
        var senders = spans.stream().collect(toMap(SpanData::getSpanId, TraceTest::sender));
        return spans.stream()
                .filter(span -> span.getKind() == SpanKind.CONSUMER)
                .collect(toMap(
                        SpanData::getName,
                        span -> senders.getOrDefault(span.getParentSpanId(), "not there yet"),
                        (first, again) -> first));
    }

    private static String sender(SpanData span) {
        return span.getKind() == SpanKind.CONSUMER ? span.getName().split(" ")[0] : span.getName();
    }

    private static List<SpanData> childrenOf(String parent, List<SpanData> spans) {
        return spans.stream()
                .filter(span -> span.getParentSpanId().equals(parent))
                .toList();
    }

    private static int descendants(SpanData parent, List<SpanData> spans) {
        return childrenOf(parent.getSpanId(), spans).stream()
                .mapToInt(child -> 1 + descendants(child, spans))
                .sum();
    }

    private static List<String> names(List<SpanData> spans) {
        return spans.stream().map(SpanData::getName).toList();
    }

    public static class Traced implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.otel.sdk.disabled", "false",
                    "quarkus.otel.exporter.otlp.enabled", "false",
                    "quarkus.otel.bsp.schedule.delay", "100ms");
        }
    }

    static class Exporter {
        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return InMemorySpanExporter.create();
        }
    }
}
