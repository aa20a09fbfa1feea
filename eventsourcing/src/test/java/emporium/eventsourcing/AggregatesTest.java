package emporium.eventsourcing;

import static emporium.eventsourcing.Bank.NOW;
import static emporium.eventsourcing.Bank.inTransaction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.eventsourcing.AccountEvent.Deposited;
import emporium.eventsourcing.AccountEvent.Opened;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AggregatesTest {

    @Inject
    Bank bank;

    @Inject
    TransactionManager transactions;

    @Inject
    TransactionSynchronizationRegistry registry;

    Aggregates<Account, AccountEvent> accounts;

    @BeforeEach
    void open() {
        accounts = new Aggregates<>(bank.events, Account.TYPE, transactions, registry);
    }

    @Test
    void a_batch_of_changes_costs_one_read_and_one_write() {
        var ids = Stream.generate(() -> bank.open("Ann").id()).limit(20).toList();

        assertEquals(2, bank.statements.during(() -> QuarkusTransaction.requiringNew()
                .run(() -> {
                    accounts.prefetch(ids);
                    ids.forEach(id -> deposit(id, 5));
                    ids.forEach(id -> deposit(id, 6));
                })));
        ids.forEach(id -> {
            assertEquals(new Loaded<>(id, 3, new Account("Ann", 11)), bank.get(id));
            assertEquals(11L, bank.balances.all().get(id));
        });
    }

    @Test
    void what_was_saved_is_seen_before_it_is_written() {
        var id = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> {
            assertFalse(accounts.find(id).isPresent());
            accounts.save(Loaded.fresh(id), List.of(new Opened("Ann")), NOW);
            assertEquals(new Account("Ann", 0), accounts.find(id).orElseThrow().state());
            assertFalse(bank.events.find(Account.TYPE, id).isPresent());
            accounts.flush();
            assertEquals(1, bank.get(id).version());
        });
    }

    @Test
    void a_rollback_forgets_what_was_saved() {
        var id = bank.open("Ann").id();
        assertThrows(
                IllegalStateException.class,
                () -> inTransaction(() -> {
                    deposit(id, 5);
                    throw new IllegalStateException("a change of mind");
                }));

        assertEquals(
                new Account("Ann", 0),
                inTransaction(() -> accounts.find(id)).orElseThrow().state());
    }

    @Test
    void a_concurrent_change_comes_out_of_the_commit() {
        var account = bank.open("Ann");
        var failure = assertThrows(
                RuntimeException.class, () -> QuarkusTransaction.requiringNew().run(() -> {
                    deposit(account.id(), 5);
                    bank.save(account, new Deposited(7));
                }));

        assertEquals(
                1, causes(failure).filter(ConcurrentChange.class::isInstance).count());
        assertEquals(new Account("Ann", 7), bank.get(account.id()).state());
    }

    private void deposit(UUID id, long amount) {
        accounts.save(accounts.find(id).orElseThrow(), List.of(new Deposited(amount)), NOW);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }
}
