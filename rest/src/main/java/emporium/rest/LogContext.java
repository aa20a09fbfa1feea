package emporium.rest;

import emporium.messaging.MessageContext;
import emporium.messaging.Traceparent;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Gives every log record the ids of the {@link MessageContext} in which it is written: those of a request, or of the
 * message being handled. A filter, because it runs only for what is written: the context itself is not made for the
 * log, and a message of which nothing is logged costs nothing here.
 */
@LoggingFilter(name = "context")
public final class LogContext implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        var context = MessageContext.current();
        if (context != MessageContext.NONE && record instanceof ExtLogRecord line) {
            put(line, "correlationId", context.correlationId());
            put(line, "messageId", context.causationId());
            put(line, "traceId", Traceparent.traceId(context.traceparent()));
            put(line, "spanId", Traceparent.spanId(context.traceparent()));
        }
        return true;
    }

    private static void put(ExtLogRecord line, String name, Object id) {
        if (id != null) {
            line.putMdc(name, id.toString());
        }
    }
}
