package emporium.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class InfraTest {

    @Test
    void one_pair_of_servers_serves_a_whole_jvm() throws SQLException {
        var addresses = Infra.start();
        assertEquals(addresses, Infra.start());
        try (var connection = DriverManager.getConnection(addresses.jdbcUrl(), addresses.user(), addresses.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select current_user")) {
            rows.next();
            assertEquals(addresses.user(), rows.getString(1));
        }
        NatsServer.check(addresses.nats());
    }
}
