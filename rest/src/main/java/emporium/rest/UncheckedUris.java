package emporium.rest;

import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;

/**
 * Lets requests whose URI cannot be decoded come as far as {@link RequestHead}, which refuses them with a problem. Quarkus
 * answers them with nothing at all, before any filter; the switch is read when its HTTP server's class is loaded, and only
 * the configuration is there so early.
 */
public class UncheckedUris implements SmallRyeConfigBuilderCustomizer {

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        System.setProperty("vertx.disableURIValidation", "true");
    }
}
