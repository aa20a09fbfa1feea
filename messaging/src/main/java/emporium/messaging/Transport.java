package emporium.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What carries messages between endpoints: JetStream, or its twin in memory for tests. Both pass
 * {@code TransportConformance}.
 */
interface Transport extends AutoCloseable {

    /**
     * Makes the streams what they should be, and tells how they are. Called at start and after every reconnection.
     *
     * @throws BrokerUnavailable when the broker cannot be asked now
     */
    List<StreamState> prepare();

    /** Stores the message; the future completes when the broker has acknowledged it, or exceptionally when unsure. Never blocks for long. */
    CompletableFuture<Stored> publish(Outgoing message);

    /**
     * Delivers messages of a durable consumer to the sink, from one thread, until closed. At least once each; those of a
     * {@link Pack} one by one.
     */
    Consumption consume(ConsumerSpec spec, Consumer<Delivery> sink);

    /**
     * Hands over all messages of a stream that match the filter, from the first that is kept until none is waiting, in
     * batches on the caller's thread, those of packs one by one. Touches no consumer.
     *
     * @throws Replays.ReplayFailed when the broker is away or does not go on
     */
    void replay(String stream, String filter, int batch, Consumer<List<Kept>> sink);

    /** Answers requests on a subject, sharing them with the other processes that do. The answer null is not sent. */
    void answer(String subject, String group, Function<Request, Outgoing> answerer);

    /** Asks and waits; throws {@link QueryFailed} without an answer in time. */
    Request request(Outgoing question, Duration within);

    boolean connected();

    /** Called, on a thread of the transport's, each time the broker has come back after an absence. */
    void onReturn(Runnable action);

    @Override
    void close();

    /** A message on its way out. {@code dedupeId} null: the broker must not drop it as a repetition. */
    record Outgoing(String subject, String dedupeId, Map<String, String> headers, byte[] body) {}

    /** Where the broker has put a message. */
    record Stored(String stream, long sequence) {}

    /** A stream's identity (its creation) and end. */
    record StreamState(String stream, Instant created, long lastSequence) {}

    /** A message that a stream keeps. */
    record Kept(Map<String, String> headers, byte[] body) {}

    /** A question or its answer. */
    record Request(Map<String, String> headers, byte[] body) {}

    /** A durable consumer: its stream, its name, the subjects it takes; a pack is pending as one. */
    record ConsumerSpec(String stream, String durable, String filter, Duration ackWait, int maxAckPending) {}

    /** A message handed out, to be settled by one of ack and retry; both are best effort, and repeatable. */
    interface Delivery {
        String subject();

        Map<String, String> headers();

        byte[] body();

        /** Where the stream keeps it, and in a pack which of its messages it is: the same at each delivery. */
        String place();

        /** 1 at the first delivery. */
        int attempt();

        void ack();

        /** Asks for another delivery after the delay. */
        void retryIn(Duration delay);

        /** Tells that the work goes on, so that the wait for the acknowledgement begins anew. */
        void inProgress();
    }

    /** A running consumer. Closing it stops deliveries; what was delivered can still be settled. */
    interface Consumption extends AutoCloseable {
        /**
         * How many messages of the stream wait for this durable consumer: not delivered yet, or not acknowledged.
         *
         * @throws BrokerUnavailable when the broker cannot be asked now
         */
        long waiting();

        @Override
        void close();
    }

    /** The broker cannot be reached or does not answer. */
    final class BrokerUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BrokerUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
