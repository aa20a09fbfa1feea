package emporium.messaging;

import emporium.messaging.Transport.Outgoing;
import java.time.Duration;

/**
 * Asks the owner of some state, past all streams: no delivery guarantee, an answer within the time or an exception.
 * Injected as {@code @OwnedBy("ordering") Queries}.
 */
public final class Queries {

    private final String endpoint;
    private final MessageIds ids;
    private final Transport transport;
    private volatile WireNames wire;

    Queries(String endpoint, Setting setting, Transport transport) {
        this.endpoint = endpoint;
        this.ids = setting.ids();
        this.transport = transport;
    }

    void speak(WireNames names) {
        wire = names;
    }

    /**
     * Asks the endpoint that the query's wire name names. Blocks; call it outside of database transactions.
     *
     * @throws QueryFailed when no answer came in time, nobody is there to answer, or the owner could not
     */
    public <A> A ask(Object query, Class<A> answer, Duration within) {
        if (wire == null) {
            throw new QueryFailed("the endpoint " + endpoint + " has not started yet", null);
        }
        var type = wire.nameOf(query);
        var id = ids.next();
        var context = MessageContext.current();
        var correlation = context.correlationId() == null ? id : context.correlationId();
        var envelope = new Envelope(
                id, type, endpoint, id, correlation, context.causationId(), null, null, context.traceparent());
        var question =
                new Outgoing(Subjects.query(WireNames.owner(type)), null, Headers.write(envelope), Codec.write(query));
        var reply = transport.request(question, within);
        var error = reply.headers().get(Headers.ERROR);
        if (error != null) {
            throw new QueryFailed(type + " could not be answered: " + error, null);
        }
        return answer.cast(Codec.read(reply.body(), wire.typeOf(reply.headers().get(Headers.TYPE))));
    }
}
