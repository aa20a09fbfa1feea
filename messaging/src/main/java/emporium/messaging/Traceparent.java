package emporium.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.regex.Pattern;

/** A span's place in its trace as one line of text: the W3C header of that name, {@code 00-<trace>-<span>-<flags>}. */
public final class Traceparent {

    private static final Pattern FORM = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private Traceparent() {}

    /** The text for this span, or null when it is none. */
    public static String of(SpanContext span) {
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }

    /** The trace id in the text, or null when the text is null or no such header: it may be a stranger's. */
    public static String traceId(String text) {
        return part(text, 1);
    }

    /** The span id in the text, or null like {@link #traceId}. */
    public static String spanId(String text) {
        return part(text, 2);
    }

    /** What spans begin under that have this one as their parent; under a text that is none, a trace of their own. */
    static Context context(String text) {
        if (part(text, 0) == null) {
            return Context.root();
        }
        var flags = TraceFlags.fromHex(part(text, 3), 0);
        var parent = SpanContext.createFromRemoteParent(traceId(text), spanId(text), flags, TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }

    private static String part(String text, int part) {
        var parts = text == null ? null : FORM.matcher(text);
        return parts != null && parts.matches() ? parts.group(part) : null;
    }
}
