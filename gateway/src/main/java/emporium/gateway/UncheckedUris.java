package emporium.gateway;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Lets requests whose URI cannot be decoded come as far as {@link Routes}, which refuses them with a problem. Quarkus reads
 * the switch when the class of its HTTP server is loaded, and only the configuration is there so early.
 */
public class UncheckedUris implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
