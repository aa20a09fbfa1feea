package emporium.messaging;

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
        Flyway.configure(Thread.currentThread().getContextClassLoader())
                .dataSource(database)
                .defaultSchema(endpoint.name())
                .schemas(endpoint.name())
                .createSchemas(true)
                .locations(locations)
                // A library's new migration has a lower number than a service's old one.
                .outOfOrder(true)
                .load()
                .migrate();
    }
}
