package emporium.gateway;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Which service serves which paths, and where it is reached. */
@ConfigMapping(prefix = "emporium.gateway")
interface GatewayConfig {

    /** That of the services. */
    @WithDefault("1M")
    MemorySize maxBodySize();

    /**
     * How long a service may keep silent, before its answer and in the middle of one; those who watch orders hear
     * something every 15 seconds.
     */
    @WithDefault("60s")
    Duration patience();

    /** By the service's name. */
    Map<String, ServiceConfig> services();

    interface ServiceConfig {

        /** What its paths begin with. */
        List<String> paths();

        /** {@code host:port} of each of its replicas. */
        List<String> addresses();
    }
}
