package emporium.messaging;

import emporium.messaging.Transport.Kept;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Reads once more what another endpoint has published, as far back as the stream keeps it, for copies of its state
 * that are to be filled or mended. Past the inbox and beside the consumers that go on meanwhile: the handler sees
 * what it has seen before and must not mind. Injected as {@code @OwnedBy("baskets") Replays}.
 */
public final class Replays {

    private static final Logger LOG = Logger.getLogger(Replays.class);

    private final String endpoint;
    private final Setting setting;
    private final Transport transport;
    private volatile WireNames wire;

    Replays(String endpoint, Setting setting, Transport transport) {
        this.endpoint = endpoint;
        this.setting = setting;
        this.transport = transport;
    }

    void speak(WireNames names) {
        wire = names;
    }

    /**
     * Hands all events of the owner to the handler, in the order of the stream, until none is waiting. Blocks; each
     * batch has a transaction of its own, so that what was handled before a failure stays. An event that this endpoint
     * cannot read is left out and named in the log.
     *
     * @return how many events were handed over
     * @throws ReplayFailed when the broker is away or does not go on
     */
    public <E> long replay(String owner, Class<E> family, Consumer<List<Received<E>>> handler) {
        var filter = Subjects.filter(Endpoint.Kind.EVENT, owner);
        var timeout = (int) setting.config().transactionTimeout().toSeconds();
        var handed = new long[1];
        transport.replay(Subjects.EVENTS, filter, setting.config().batch(), kept -> {
            var batch = decode(kept, family);
            handed[0] += batch.size();
            QuarkusTransaction.requiringNew().timeout(timeout).run(() -> handler.accept(batch));
        });
        return handed[0];
    }

    private <E> List<Received<E>> decode(List<Kept> kept, Class<E> family) {
        var batch = new ArrayList<Received<E>>();
        for (var message : kept) {
            try {
                var envelope = Headers.read(message.headers());
                var body = Codec.read(message.body(), wire.typeOf(envelope.type()));
                batch.add(new Received<>(family.cast(body), envelope));
            } catch (UndecodableMessage e) {
                LOG.warnf("%s leaves an event out of a replay: %s", endpoint, e.getMessage());
            }
        }
        return batch;
    }

    /** The broker did not hand over all that it keeps. */
    public static final class ReplayFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReplayFailed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
