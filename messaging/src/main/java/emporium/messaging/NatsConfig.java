package emporium.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the broker is and how it keeps streams; the defaults suit every nats-server from 2.9.10. */
@ConfigMapping(prefix = "emporium.nats")
interface NatsConfig {

    /** Comma-separated addresses of the cluster's servers. */
    @WithDefault("nats://localhost:4222")
    String servers();

    Optional<String> username();

    Optional<String> password();

    /** Copies of each stream: 1, 3 or 5, not more than the cluster has servers. */
    @WithDefault("1")
    int replicas();

    /** How long streams keep messages. */
    @WithDefault("3d")
    Duration maxAge();

    /** Most bytes one stream may hold before its oldest messages go; -1 for no limit. */
    @WithDefault("-1")
    long maxBytes();

    /** The broker's own memory of message ids. Small, because the inbox is the real one. */
    @WithDefault("30s")
    Duration duplicateWindow();
}
