package emporium.messaging;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** JetStream keeps the transport's promises. {@code NATS_SERVER} names another server to try it with. */
class JetStreamTransportTest extends TransportConformance {

    private static LocalNats nats;
    private static Transport transport;

    @BeforeAll
    static void start() {
        nats = LocalNats.start();
        transport = new JetStreamTransport(nats.config(), "conformance");
        transport.prepare();
    }

    @AfterAll
    static void stop() {
        transport.close();
        nats.close();
    }

    @Override
    Transport transport() {
        return transport;
    }
}
