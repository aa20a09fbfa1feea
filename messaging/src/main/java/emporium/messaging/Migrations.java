package emporium.messaging;

import static java.util.stream.Collectors.toMap;

import io.quarkus.flyway.runtime.QuarkusFlywayClassProvider;
import io.quarkus.flyway.runtime.QuarkusFlywayResourceProvider;
import io.quarkus.flyway.runtime.QuarkusPathLocationScanner;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.resource.Resource;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;

/** Brings an endpoint's schema up to date: the tables of this library and the service's own, in one history. */
final class Migrations {

    private static final String NO_SUCH_TABLE = "42P01";

    private Migrations() {}

    /** Whether there was anything to do, as far as Flyway was asked. */
    static boolean migrate(DataSource database, Endpoint endpoint) {
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
        // Flyway's dozens of statements for each schema would be half of a start at which there is nothing to do.
        if (found.scanForClasses().isEmpty() && scripts(found).equals(applied(database, endpoint.name()))) {
            return false;
        }
        flyway.resourceProvider(new QuarkusFlywayResourceProvider(found.scanForResources()))
                .javaMigrationClassProvider(new QuarkusFlywayClassProvider<>(found.scanForClasses()))
                .load()
                .migrate();
        return true;
    }

    /** The checksum of each script, as Flyway notes it. */
    private static Map<String, Integer> scripts(QuarkusPathLocationScanner found) {
        return found.scanForResources().stream()
                .collect(toMap(Resource::getFilename, ChecksumCalculator::calculate, (one, other) -> one));
    }

    /** What Flyway has noted of those that this schema has had; nothing when it has not been here. */
    private static Map<String, Integer> applied(DataSource database, String schema) {
        // Noted with the folder or without, as it was found by the program that applied it.
        var sql = """
                select regexp_replace(script, '.*/', ''), checksum from %s.flyway_schema_history
                 where type = 'SQL' and success
                """.formatted(schema);
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var checksums = new HashMap<String, Integer>();
            while (result.next()) {
                checksums.put(result.getString(1), result.getInt(2));
            }
            return checksums;
        } catch (SQLException e) {
            if (NO_SUCH_TABLE.equals(e.getSQLState())) {
                return Map.of();
            }
            throw new DatabaseFailure("reading which scripts " + schema + " has had", e);
        }
    }
}
