package emporium.messaging;

import io.quarkus.flyway.runtime.QuarkusFlywayClassProvider;
import io.quarkus.flyway.runtime.QuarkusFlywayResourceProvider;
import io.quarkus.flyway.runtime.QuarkusPathLocationScanner;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings an endpoint's schema up to date: the tables of this library and the service's own, in one history. */
final class Migrations {

    private Migrations() {}

    static void migrate(DataSource database, Endpoint endpoint) {
        var locations = Stream.concat(Stream.of("db/messaging"), endpoint.migrations().stream())
                .map(location -> "classpath:" + location)
                .toArray(String[]::new);
        var flyway = Flyway.configure(Thread.currentThread().getContextClassLoader())
                .dataSource(database)
                .defaultSchema(endpoint.name())
                .schemas(endpoint.name())
                .createSchemas(true)
                .locations(locations)
                // A library's new migration has a lower number than a service's old one.
                .outOfOrder(true);
        // What the build has found: a native executable has no class path to look through.
        var found = new QuarkusPathLocationScanner(flyway, List.of(flyway.getLocations()));
        flyway.resourceProvider(new QuarkusFlywayResourceProvider(found.scanForResources()))
                .javaMigrationClassProvider(new QuarkusFlywayClassProvider<>(found.scanForClasses()))
                .load()
                .migrate();
    }
}
