package emporium.eventsourcing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The event store of these tests on a real database, in the schema bank. */
@Singleton
class Bank {

    static final Metadata NOW = Metadata.at(Instant.parse("2026-01-02T03:04:05.678901Z"));

    final CountedStatements statements;
    final Balances balances;
    final EventStore events;
    private final DataSource dataSource;

    Bank(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        statements = new CountedStatements(dataSource);
        balances = new Balances(dataSource);
        events = new EventStore(statements.dataSource(), "bank", json, balances);
    }

    void migrate(@Observes StartupEvent start) {
        Flyway.configure()
                .dataSource(dataSource)
                .schemas("bank")
                .locations("db/eventsourcing", "db/accounts")
                .load()
                .migrate();
    }

    static <T> T inTransaction(Supplier<T> work) {
        return QuarkusTransaction.requiringNew().call(work::get);
    }

    Loaded<Account> save(Loaded<Account> before, AccountEvent... happened) {
        return save(Account.TYPE, before, NOW, happened);
    }

    Loaded<Account> save(
            AggregateType<Account, AccountEvent> type,
            Loaded<Account> before,
            Metadata metadata,
            AccountEvent... happened) {
        return inTransaction(() -> events.save(type, before, List.of(happened), metadata));
    }

    Loaded<Account> open(String owner) {
        return save(Loaded.fresh(UUID.randomUUID()), new AccountEvent.Opened(owner));
    }

    Loaded<Account> get(UUID id) {
        return events.find(Account.TYPE, id).orElseThrow();
    }

    void execute(String sql, Object... parameters) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
