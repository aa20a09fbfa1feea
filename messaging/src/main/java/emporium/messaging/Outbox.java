package emporium.messaging;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What an endpoint says, as part of the caller's transaction: all of it is written by one statement just before the
 * commit and published right after it, at least once, or not at all when the transaction rolls back. Call it inside
 * a JTA transaction, from any thread; outside of one it throws {@link IllegalStateException}. Injected as
 * {@code @OwnedBy("depot") Outbox}.
 */
public final class Outbox {

    private final String endpoint;
    private final MessageIds ids;
    private final int partitions;
    private final TransactionSynchronizationRegistry transactions;
    private final OutboxTable table;
    private final OutboxRelay relay;
    private volatile WireNames wire;

    Outbox(String endpoint, Setting setting, OutboxTable table, OutboxRelay relay) {
        this.endpoint = endpoint;
        this.ids = setting.ids();
        this.partitions = setting.config().partitions();
        this.transactions = setting.transactions();
        this.table = table;
        this.relay = relay;
    }

    void speak(WireNames names) {
        wire = names;
    }

    /** Publishes an event about {@code key} and returns its message id. */
    public UUID publish(UUID key, Object event) {
        var type = typeOf(event);
        var id = ids.next();
        var subject = Subjects.event(endpoint, key, partitions);
        add(new OutboxRow(subject, envelope(id, type, key, null, null, MessageContext.current()), Codec.write(event)));
        return id;
    }

    /**
     * Sends a command to the service that its wire name names. The reply comes to this endpoint and carries
     * {@code id} as causation and {@code conversation} as conversation id.
     *
     * @param id a UUIDv7, the same on every repetition: see {@link MessageIds#derived(UUID, String)}
     */
    public void send(UUID id, UUID conversation, Object command) {
        send(id, conversation, command, MessageContext.current());
    }

    /** As {@link #send(UUID, UUID, Object)} in a context of its own, for handlers of whole batches. */
    public void send(UUID id, UUID conversation, Object command, MessageContext context) {
        var type = typeOf(command);
        var subject = Subjects.command(WireNames.owner(type), conversation, partitions);
        add(new OutboxRow(
                subject, envelope(id, type, conversation, conversation, endpoint, context), Codec.write(command)));
    }

    /** Answers a command, unless its sender awaits no answer. The reply's id comes of the command's. */
    void reply(Envelope command, Object reply) {
        if (command.replyTo() == null) {
            return;
        }
        var envelope = envelope(
                replyId(command.id()),
                typeOf(reply),
                command.key(),
                command.conversationId(),
                null,
                MessageContext.of(command));
        add(new OutboxRow(Subjects.reply(command.replyTo(), command.key(), partitions), envelope, Codec.write(reply)));
    }

    static UUID replyId(UUID command) {
        return MessageIds.derived(command, "reply");
    }

    /** The id of the bundle in which the messages of the present transaction will be kept. */
    UUID bundle() {
        return unwritten().id;
    }

    void add(OutboxRow row) {
        unwritten().rows.add(row);
    }

    private Unwritten unwritten() {
        if (transactions.getTransactionStatus() != Status.STATUS_ACTIVE) {
            throw new IllegalStateException("a message can only be sent inside an active transaction");
        }
        var unwritten = (Unwritten) transactions.getResource(this);
        if (unwritten == null) {
            unwritten = new Unwritten();
            transactions.putResource(this, unwritten);
            transactions.registerInterposedSynchronization(unwritten);
        }
        return unwritten;
    }

    private String typeOf(Object message) {
        if (wire == null) {
            throw new IllegalStateException("there is no endpoint " + endpoint + ", or it has not started yet");
        }
        return wire.nameOf(message);
    }

    private Envelope envelope(
            UUID id, String type, UUID key, UUID conversation, String replyTo, MessageContext context) {
        var correlation = context.correlationId() == null ? id : context.correlationId();
        return new Envelope(
                id,
                type,
                endpoint,
                key,
                correlation,
                context.causationId(),
                conversation,
                replyTo,
                context.traceparent());
    }

    /** The messages of one transaction. */
    private final class Unwritten implements Synchronization {

        private final UUID id = ids.next();
        private final List<OutboxRow> rows = new ArrayList<>();
        private List<Long> published = List.of();
        private long position;

        @Override
        public void beforeCompletion() {
            if (rows.isEmpty()) {
                return;
            }
            published = relay.takePublished();
            try {
                position = table.write(id, rows, published);
            } catch (SQLException e) {
                throw new DatabaseFailure("writing " + rows.size() + " messages to the outbox of " + endpoint, e);
            }
        }

        // A crash between the commit and here leaves the messages to the sweeper of any replica.
        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                relay.publish(rows, position);
            } else {
                relay.putBack(published);
            }
        }
    }
}
