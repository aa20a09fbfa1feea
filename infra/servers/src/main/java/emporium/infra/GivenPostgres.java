package emporium.infra;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The address of a PostgreSQL server that runs already, as people write it: {@code postgresql://user:password@host/db}
 * or {@code jdbc:postgresql://host/db?user=..&password=..}.
 */
public record GivenPostgres(String host, int port, String database, String user, String password, String settings) {

    public static GivenPostgres parse(String url) {
        var address = address(url);
        var userInfo = address.getRawUserInfo() == null ? "" : address.getRawUserInfo();
        var colon = userInfo.indexOf(':');
        return new GivenPostgres(
                address.getHost(),
                address.getPort() < 0 ? 5432 : address.getPort(),
                address.getPath().length() > 1 ? address.getPath().substring(1) : PostgresServer.APP,
                parameter(address, "user", colon < 0 ? userInfo : userInfo.substring(0, colon)),
                parameter(address, "password", colon < 0 ? "" : userInfo.substring(colon + 1)),
                settings(address));
    }

    private static URI address(String url) {
        try {
            var address = new URI(url.startsWith("jdbc:") ? url.substring("jdbc:".length()) : url);
            if (address.getHost() != null && Set.of("postgresql", "postgres").contains(address.getScheme())) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new InfraException("A PostgreSQL address looks like postgresql://user:password@host:5432/database.");
    }

    private static String parameter(URI address, String name, String otherwise) {
        var value = parameters(address)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst()
                .orElse(otherwise);
        var decoded = URLDecoder.decode(value, StandardCharsets.UTF_8);
        return decoded.isEmpty() ? PostgresServer.APP : decoded;
    }

    /** What else the address says, such as {@code sslmode=require}, is the driver's to understand. */
    private static String settings(URI address) {
        return parameters(address)
                .filter(pair -> !pair.startsWith("user=") && !pair.startsWith("password="))
                .collect(Collectors.joining("&"));
    }

    private static Stream<String> parameters(URI address) {
        return Stream.ofNullable(address.getRawQuery()).flatMap(query -> Stream.of(query.split("&")));
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + (settings.isEmpty() ? "" : "?" + settings);
    }

    public Addresses addresses(String nats) {
        return new Addresses(jdbcUrl(), user, password, nats);
    }

    /** Connects once, to say early and in a sentence that it does not work. */
    public void check() {
        execute("select 1");
    }

    /**
     * A database of that name and a user of that name who owns it, made if they are not there. Nobody else may connect
     * to it, but for superusers and the user that makes it.
     *
     * @throws InfraException when this user may not make databases and users
     */
    public GivenPostgres ownDatabase(String name, String password) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            var owner = statement.enquoteIdentifier(name, true);
            if (isMissing(connection, "select 1 from pg_roles where rolname = ?", name)) {
                statement.execute("create role " + owner);
                // Only who belongs to a role can give it a database; a superuser need not.
                statement.execute("grant " + owner + " to current_user");
            }
            statement.execute("alter role %s login password %s".formatted(owner, statement.enquoteLiteral(password)));
            if (isMissing(connection, "select 1 from pg_database where datname = ?", name)) {
                statement.execute("create database %1$s owner %1$s".formatted(owner));
            }
            statement.execute("revoke all on database " + owner + " from public");
        } catch (SQLException e) {
            throw failure(e);
        }
        return new GivenPostgres(host, port, name, name, password, settings);
    }

    private static boolean isMissing(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                return !row.next();
            }
        }
    }

    /** A new database on that server, so that tests do not meet what others left. */
    Addresses freshDatabase(String nats) {
        var fresh = "emporium_" + UUID.randomUUID().toString().replace("-", "");
        execute("create database " + fresh);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> dropIfThere(fresh)));
        return new GivenPostgres(host, port, fresh, user, password, settings).addresses(nats);
    }

    private void dropIfThere(String fresh) {
        try {
            execute("drop database if exists " + fresh + " with (force)");
        } catch (InfraException serverGone) {
            // The JVM ends; there is nobody left to tell, and nothing that depends on it.
        }
    }

    /** Runs one statement, such as a {@code revoke}. */
    public void execute(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Connection connect() throws SQLException {
        DriverManager.setLoginTimeout(10);
        return DriverManager.getConnection(jdbcUrl(), user, password);
    }

    private InfraException failure(SQLException e) {
        return new InfraException(
                "The PostgreSQL at " + host + ":" + port + " does not answer as it should: "
                        + e.getMessage().lines().findFirst().orElse(""),
                e);
    }
}
