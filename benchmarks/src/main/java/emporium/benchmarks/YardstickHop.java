package emporium.benchmarks;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.MessageConsumer;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One consumer of the bare loop: a service, or a half of the orchestrator. */
final class YardstickHop implements AutoCloseable {

    static final String COMMANDS = "yardstick.command.";
    static final String REPLIES = "yardstick.reply.";
    private static final int BATCH = 100;

    private final String name;
    private final String stream;
    private final String subject;
    private final Connection connection;
    private final YardstickTables.Session session;
    private final Yardstick.Loop loop;
    private final BlockingQueue<Message> arrived = new LinkedBlockingQueue<>();
    private final Thread worker = new Thread(this::run);
    private MessageConsumer consumer;
    private volatile boolean stopping;

    private YardstickHop(
            String stream,
            String subject,
            Connection connection,
            YardstickTables.Session session,
            Yardstick.Loop loop) {
        this.name = subject.replace('.', '-');
        this.stream = stream;
        this.subject = subject;
        this.connection = connection;
        this.session = session;
        this.loop = loop;
    }

    static YardstickHop ofService(int service, Connection connection, YardstickTables tables) {
        var stream = Yardstick.STREAMS.getFirst();
        return new YardstickHop(stream, COMMANDS + service, connection, tables.session(service), null);
    }

    static YardstickHop ofOrchestrator(int half, Connection connection, YardstickTables tables, Yardstick.Loop loop) {
        var stream = Yardstick.STREAMS.getLast();
        return new YardstickHop(stream, REPLIES + half, connection, tables.session(0), loop);
    }

    /**
     * Where a saga stands: hops 1, 3, 5, 7 and 9 are services, those after them the orchestrator. It travels in a body as
     * long as the mall's messages are.
     */
    record Token(UUID saga, int hop) {

        private static final int LENGTH = 180;
        static final int LAST = 2 * Yardstick.SERVICES;

        static Token first(UUID saga) {
            return new Token(saga, 1);
        }

        static Token read(Message message) {
            var body = ByteBuffer.wrap(message.getData());
            return new Token(new UUID(body.getLong(), body.getLong()), body.getInt());
        }

        byte[] body() {
            return ByteBuffer.allocate(LENGTH)
                    .putLong(saga.getMostSignificantBits())
                    .putLong(saga.getLeastSignificantBits())
                    .putInt(hop)
                    .array();
        }

        /** One for each saga and hop. */
        UUID messageId() {
            return new UUID(saga.getMostSignificantBits(), saga.getLeastSignificantBits() ^ hop);
        }

        String subject() {
            return hop % 2 == 1 ? COMMANDS + (hop + 1) / 2 : REPLIES + (saga.getLeastSignificantBits() >>> 8 & 1);
        }

        Token next() {
            return new Token(saga, hop + 1);
        }
    }

    static void publish(Connection connection, Token token) {
        try {
            connection
                    .jetStream()
                    .publishAsync(NatsMessage.builder()
                            .subject(token.subject())
                            .headers(new Headers()
                                    .put("Nats-Msg-Id", token.messageId().toString()))
                            .data(token.body())
                            .build());
        } catch (IOException e) {
            throw new NoResult("The bare loop cannot publish: " + e.getMessage() + ".", e);
        }
    }

    void start() {
        try {
            var context = connection
                    .getStreamContext(stream)
                    .createOrUpdateConsumer(ConsumerConfiguration.builder()
                            .durable(name)
                            .filterSubject(subject)
                            .ackPolicy(AckPolicy.Explicit)
                            .maxAckPending(1000)
                            .build());
            consumer = context.consume(
                    ConsumeOptions.builder().batchSize(200).expiresIn(10_000).build(), arrived::add);
            worker.start();
        } catch (IOException | JetStreamApiException e) {
            throw new NoResult("The bare loop cannot consume: " + e.getMessage() + ".", e);
        }
    }

    private void run() {
        var batch = new ArrayList<Message>();
        try {
            while (!stopping) {
                var first = arrived.poll(100, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    arrived.drainTo(batch, BATCH - 1);
                    handle(batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** As in the mall: what a crash before the acknowledgement brings again, the inbox knows. */
    private void handle(List<Message> batch) {
        var fresh = session.handle(batch.stream().map(Token::read).toList());
        fresh.stream().filter(token -> token.hop() < Token.LAST).forEach(token -> publish(connection, token.next()));
        batch.forEach(Message::ack);
        fresh.stream().filter(token -> token.hop() == Token.LAST).forEach(token -> loop.ended(token.saga()));
    }

    @Override
    public void close() {
        stopping = true;
        try {
            worker.join();
            if (consumer != null) {
                consumer.close();
                connection.jetStreamManagement().deleteConsumer(stream, name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new NoResult("The bare loop's consumers cannot be deleted: " + e.getMessage() + ".", e);
        } finally {
            session.close();
        }
    }
}
