package emporium.messaging;

import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** The twin in memory keeps the transport's promises. */
class InMemoryTransportTest extends TransportConformance {

    private final Transport transport = new InMemoryTransport(InstantSource.system());

    @Override
    Transport transport() {
        return transport;
    }

    @AfterEach
    void close() {
        transport.close();
    }
}
