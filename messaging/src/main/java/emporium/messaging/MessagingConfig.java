package emporium.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How messages are sent, handled and kept; the defaults suit a small shop. */
@ConfigMapping(prefix = "emporium.messaging")
interface MessagingConfig {

    @WithDefault("jetstream")
    TransportKind transport();

    /** Distinct values of the last subject token; all senders of one installation must agree. */
    @WithDefault("4")
    int partitions();

    /** Most messages handled in one transaction. */
    @WithDefault("100")
    int batch();

    /**
     * Most messages of one transaction that travel to one subject as one message of the broker's, a pack; 1 for none.
     * Versions before packs cannot read them.
     */
    @WithDefault("100")
    int pack();

    /** Workers per consumer. Also with one, a batch that takes seconds is overtaken by what arrives after it. */
    @WithDefault("1")
    int workers();

    /**
     * How long the broker waits for an acknowledgement; a message that waits or is in work here is prolonged before. It
     * is also how long the messages that a killed process had in its hands wait for the next one.
     */
    @WithDefault("5s")
    Duration ackWait();

    /** Messages, or packs of them, delivered and not yet acknowledged per consumer: the back-pressure. */
    @WithDefault("300")
    int maxAckPending();

    /**
     * Deliveries of a failing message before it is parked. With their waits they take longer than the message that this
     * one follows may need to come again out of the hands of a killed process.
     */
    @WithDefault("7")
    int maxAttempts();

    /** Wait before the second attempt; doubled each time, with jitter. */
    @WithDefault("200ms")
    Duration retryBackoff();

    @WithDefault("30s")
    Duration maxRetryBackoff();

    /** How often the sweeper looks for messages that a crashed replica left behind. */
    @WithDefault("10s")
    Duration sweepInterval();

    /** Age at which an unpublished message counts as left behind. */
    @WithDefault("5s")
    Duration sweepAge();

    /** How long the inbox knows messages; longer than the streams keep them. */
    @WithDefault("4d")
    Duration inboxRetention();

    /** How long sent messages are kept, for stored replies and for a broker that forgot. */
    @WithDefault("2d")
    Duration outboxRetention();

    /** Start-up waits this long for database and broker before it lets the process go on without them. */
    @WithDefault("30s")
    Duration startWait();

    /** Longest wait at shutdown for work in hand and for publish acknowledgements. */
    @WithDefault("10s")
    Duration drainTimeout();

    @WithDefault("60s")
    Duration transactionTimeout();

    /** What carries the messages. */
    enum TransportKind {
        JETSTREAM,
        IN_MEMORY
    }
}
