package emporium.saga;

import emporium.messaging.MessageContext;
import emporium.messaging.Outbox;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what a runner has sent, for tests that speak for the participants themselves. */
final class SentCommands implements Outbox {

    private final List<Sent> all = new CopyOnWriteArrayList<>();

    List<Sent> to(UUID saga) {
        return all.stream().filter(sent -> sent.saga().equals(saga)).toList();
    }

    Sent last(UUID saga) {
        return to(saga).getLast();
    }

    @Override
    public UUID publish(UUID key, Object event) {
        throw new UnsupportedOperationException("a saga sends commands only");
    }

    @Override
    public void send(UUID id, UUID conversation, Object command) {
        send(id, conversation, command, MessageContext.current());
    }

    @Override
    public void send(UUID id, UUID conversation, Object command, MessageContext context) {
        all.add(new Sent(id, conversation, command, context));
    }

    record Sent(UUID id, UUID saga, Object command, MessageContext context) {}
}
