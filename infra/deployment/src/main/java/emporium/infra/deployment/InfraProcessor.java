package emporium.infra.deployment;

import emporium.infra.Addresses;
import emporium.infra.Infra;
import io.quarkus.deployment.IsDevServicesSupportedByLaunchMode;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.DevServicesResultBuildItem;
import io.quarkus.deployment.dev.devservices.DevServicesConfig;
import java.util.Map;
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
        if (isConfigured(JDBC_URL) && isConfigured(NATS)) {
            return null;
        }
        return DevServicesResultBuildItem.discovered()
                .name("emporium-infra")
                .description("PostgreSQL and nats-server")
                .config(configuration(Infra.start()))
                .build();
    }

    private static Map<String, String> configuration(Addresses addresses) {
        if (isConfigured(JDBC_URL)) {
            return Map.of(NATS, addresses.nats());
        }
        var database = Map.of(
                JDBC_URL, addresses.jdbcUrl(),
                "quarkus.datasource.username", addresses.user(),
                "quarkus.datasource.password", addresses.password());
        if (isConfigured(NATS)) {
            return database;
        }
        var all = new java.util.HashMap<>(database);
        all.put(NATS, addresses.nats());
        return all;
    }

    private static boolean isConfigured(String name) {
        var value = ConfigProvider.getConfig().getConfigValue(name);
        return value.getValue() != null && value.getSourceOrdinal() > LIBRARY_DEFAULT;
    }
}
