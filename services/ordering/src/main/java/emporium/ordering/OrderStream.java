package emporium.ordering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One client that watches one order: told each change once, in order, and cut off after the last. Never blocks. */
final class OrderStream {
    private final SseEventSink sink;
    private final Sse sse;
    private final ObjectMapper json;
    private long told;

    /** @param told the version that the client has seen last */
    OrderStream(SseEventSink sink, Sse sse, ObjectMapper json, long told) {
        this.sink = sink;
        this.sse = sse;
        this.json = json;
        this.told = told;
    }

    /** Two may tell at once: the one who heard of it, and the one who looks from time to time. */
    synchronized void tell(List<OrderView> story) {
        story.stream().filter(order -> order.version() > told).forEach(this::tell);
    }

    synchronized boolean knows(long version) {
        return told >= version;
    }

    /** Keeps the connection from being taken for dead by those in between. */
    void beat() {
        send(sse.newEventBuilder().comment("").build());
    }

    boolean closed() {
        return sink.isClosed();
    }

    void close() {
        sink.close();
    }

    private void tell(OrderView order) {
        told = order.version();
        var event = sse.newEventBuilder().id(Long.toString(told)).data(String.class, write(order));
        var sent = send(event.build());
        if (order.ended()) {
            sent.whenComplete((done, failure) -> sink.close());
        }
    }

    private CompletionStage<?> send(OutboundSseEvent event) {
        try {
            return sink.send(event);
        } catch (IllegalStateException hungUp) {
            // The client has gone this very moment: the next look forgets the stream.
            return CompletableFuture.completedFuture(null);
        }
    }

    private String write(OrderView order) {
        try {
            return json.writeValueAsString(order);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order cannot be written as JSON", e);
        }
    }
}
