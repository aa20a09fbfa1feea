package emporium.messaging;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Spans of handled messages. Each has its own, a child of its sender's, and so do those of one batch, which begin and
 * end together: one span for a batch would belong to as many traces as the batch has messages, and break them all.
 * Without an SDK no spans are made and the sender's trace context goes on as it came.
 */
final class Tracing {

    static final Tracing OFF = new Tracing(null);

    private final Tracer tracer;

    private Tracing(Tracer tracer) {
        this.tracer = tracer;
    }

    static Tracing by(OpenTelemetry telemetry) {
        return new Tracing(telemetry.getTracer("emporium.messaging"));
    }

    /** Does the work with these messages; the trace context in their envelopes is then that of their spans. */
    void handle(String consumer, Map<UUID, Received<Object>> messages, Consumer<Map<UUID, Received<Object>>> work) {
        if (tracer == null) {
            work.accept(messages);
            return;
        }
        var spans = new ArrayList<Span>(messages.size());
        messages.replaceAll((_, message) -> {
            var span = begin(consumer, message.envelope(), messages.size());
            spans.add(span);
            return new Received<>(message.body(), message.envelope().tracedBy(Traceparent.of(span.getSpanContext())));
        });
        try {
            work.accept(messages);
        } catch (RuntimeException | Error e) {
            failed(spans, e);
            throw e;
        } finally {
            spans.forEach(Span::end);
        }
    }

    private Span begin(String consumer, Envelope envelope, int batch) {
        return tracer.spanBuilder(consumer + " " + envelope.type())
                .setSpanKind(SpanKind.CONSUMER)
                .setParent(Traceparent.context(envelope.traceparent()))
                .setAttribute("messaging.system", "nats")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.consumer.group.name", consumer)
                .setAttribute("messaging.message.id", envelope.id().toString())
                .setAttribute("messaging.message.conversation_id", String.valueOf(envelope.correlationId()))
                .setAttribute("messaging.batch.message_count", batch)
                .startSpan();
    }

    private static void failed(List<Span> spans, Throwable failure) {
        spans.forEach(span -> span.setStatus(StatusCode.ERROR, Failures.reason(failure)));
    }
}
