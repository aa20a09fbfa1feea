package emporium.gateway;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Map;

/** Which service serves which paths, and where it is reached. */
@ConfigMapping(prefix = "emporium.gateway")
interface GatewayConfig {

    /** By the service's name. */
    Map<String, ServiceConfig> services();

    interface ServiceConfig {

        /** What its paths begin with. */
        List<String> paths();

        /** {@code host:port} of each of its replicas. */
        List<String> addresses();
    }
}
