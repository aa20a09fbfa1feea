package emporium.ordering;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;

/** One client that watches one order: told each change once, in order, and cut off after the last. Never blocks. */
final class OrderStream {
    private final MultiEmitter<? super OutboundSseEvent> client;
    private final Sse sse;
    private final ObjectMapper json;
    private long told;

    /** @param told the version that the client has seen last */
    OrderStream(MultiEmitter<? super OutboundSseEvent> client, Sse sse, ObjectMapper json, long told) {
        this.client = client;
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
        client.emit(sse.newEventBuilder().comment("").build());
    }

    void close() {
        client.complete();
    }

    private void tell(OrderView order) {
        told = order.version();
        client.emit(sse.newEventBuilder()
                .id(Long.toString(told))
                .data(String.class, write(order))
                .build());
        if (order.ended()) {
            close();
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
