package emporium.infra.deployment;

import emporium.infra.Addresses;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/** Gives tests and {@code quarkus:dev} real servers; does nothing in a production build. */
@BuildSteps(onlyIf = {IsDevServicesSupportedByLaunchMode.class, DevServicesConfig.Enabled.class})
class InfraProcessor {

    private static final String JDBC_URL = "quarkus.datasource.jdbc.url";
    private static final String NATS = "emporium.nats.servers";

    /** Libraries put their defaults into {@code META-INF/microprofile-config.properties}, which has this ordinal. */
    private static final int LIBRARY_DEFAULT = 100;

    @BuildStep
    DevServicesResultBuildItem servers() {
        var config = new HashMap<String, Function<Servers, String>>();
        if (!isConfigured(JDBC_URL)) {
            config.put(JDBC_URL, from(Addresses::jdbcUrl));
            config.put("quarkus.datasource.username", from(Addresses::user));
            config.put("quarkus.datasource.password", from(Addresses::password));
        }
        if (!isConfigured(NATS)) {
            config.put(NATS, from(Addresses::nats));
        }
        return config.isEmpty() ? null : started(config);
    }

    // The way that replaces highPriorityConfig is not there yet in this Quarkus.
    @SuppressWarnings("removal")
    private static DevServicesResultBuildItem started(Map<String, Function<Servers, String>> config) {
        return DevServicesResultBuildItem.<Servers>owned()
                .feature("emporium-infra")
                .description("PostgreSQL and nats-server")
                .startable(Servers::new)
                .configProvider(config)
                // Above the defaults of libraries; what the user configured is not in the map.
                .highPriorityConfig(config.keySet())
                .build();
    }

    private static Function<Servers, String> from(Function<Addresses, String> part) {
        return servers -> part.apply(servers.addresses());
    }

    private static boolean isConfigured(String name) {
        var value = ConfigProvider.getConfig().getConfigValue(name);
        return value.getValue() != null && value.getSourceOrdinal() > LIBRARY_DEFAULT;
    }
}
