package emporium.e2e;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import emporium.mall.stories.Shop;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The processes send their spans to a collector, as OTLP, and those of one order make one trace. */
@ExtendWith(ServicesTraceTest.TracedServices.class)
class ServicesTraceTest {

    private static final String TRACE = "5bf92f3577b34da6a3ce929d0e0e4737";
    private static final String CLIENT = "10f067aa0ba902b8";

    private static final Set<String> CONCERNED =
            Set.of("gateway", "ordering", "orchestrator", "customers", "depot", "payments", "notifications", "search");

    private final Shop shop = new Shop();

    @Test
    void an_order_is_one_trace_through_all_processes_that_it_concerns() {
        shop.reached(placed(), "APPROVED");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertEquals(CONCERNED, processes());
            assertEquals(Set.of(CLIENT), strangers());
        });
    }

    private UUID placed() {
        var ann = shop.customer();
        var lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        shop.onShelves(lamp, 10);
        return given().contentType("application/json")
                .header("traceparent", "00-" + TRACE + "-" + CLIENT + "-01")
                .body(Shop.orderOf(ann, shop.payment(ann, 1999), Map.of(lamp, 1)))
                .post("/api/orders")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getUUID("id");
    }

    /** Those that have a span in the client's trace. */
    private static Set<String> processes() {
        return Collector.received()
                .filter(resource -> spans(resource).findAny().isPresent())
                .flatMap(resource -> resource.getResource().getAttributesList().stream())
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .collect(toSet());
    }

    /** What spans of the trace follow from without being in it. */
    private static Set<String> strangers() {
        var spans = Collector.received().flatMap(ServicesTraceTest::spans).toList();
        var known = spans.stream().map(span -> hex(span.getSpanId())).collect(toSet());
        return spans.stream()
                .map(span -> hex(span.getParentSpanId()))
                .filter(parent -> !known.contains(parent))
                .collect(toSet());
    }

    private static Stream<Span> spans(ResourceSpans resource) {
        return resource.getScopeSpansList().stream()
                .flatMap(scope -> scope.getSpansList().stream())
                .filter(span -> hex(span.getTraceId()).equals(TRACE));
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    /** With spans that are sent soon. */
    static class TracedServices extends SharedServices {

        TracedServices() {
            super(Map.of(
                    "QUARKUS_OTEL_SDK_DISABLED", "false",
                    "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT", Collector.ADDRESS,
                    "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms"));
        }
    }

    /** Takes what is sent by OTLP over gRPC, which is what the applications speak unless told otherwise. */
    private static final class Collector extends TraceServiceGrpc.TraceServiceImplBase {

        private static final Queue<ResourceSpans> RECEIVED = new ConcurrentLinkedQueue<>();
        private static final String ADDRESS = start();

        static Stream<ResourceSpans> received() {
            return RECEIVED.stream();
        }

        private static String start() {
            try {
                var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
                var server = NettyServerBuilder.forAddress(anyPort)
                        .addService(new Collector())
                        .build()
                        .start();
                return "http://localhost:" + server.getPort();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void export(ExportTraceServiceRequest spans, StreamObserver<ExportTraceServiceResponse> answer) {
            RECEIVED.addAll(spans.getResourceSpansList());
            answer.onNext(ExportTraceServiceResponse.getDefaultInstance());
            answer.onCompleted();
        }
    }
}
