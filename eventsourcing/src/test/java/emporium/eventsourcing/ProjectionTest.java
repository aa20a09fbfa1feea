package emporium.eventsourcing;

import static emporium.eventsourcing.Bank.NOW;
import static emporium.eventsourcing.Bank.inTransaction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.eventsourcing.AccountEvent.Deposited;
import emporium.eventsourcing.AccountEvent.Opened;
import emporium.eventsourcing.AccountEvent.Withdrawn;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProjectionTest {

    @Inject
    Bank bank;

    @Test
    void a_projection_is_never_behind() {
        var account = bank.open("Ann");
        bank.save(account, new Deposited(5));

        assertEquals(5L, bank.balances.all().get(account.id()));
    }

    @Test
    void a_projection_rolls_back_with_the_events() {
        var id = UUID.randomUUID();
        assertThrows(
                IllegalStateException.class,
                () -> inTransaction(() -> {
                    bank.events.save(Account.TYPE, Loaded.fresh(id), List.of(new Opened("Ann")), NOW);
                    throw new IllegalStateException("a change of mind");
                }));

        assertNull(bank.balances.all().get(id));
    }

    @Test
    void a_rebuilt_projection_equals_the_live_one() {
        // More events than the rebuild reads at once.
        var deposits = IntStream.range(0, 1500).mapToObj(Deposited::new).toArray(AccountEvent[]::new);
        bank.save(bank.save(bank.open("Ann"), deposits), new Withdrawn(3));
        bank.save(bank.open("Bob"), new Deposited(2), new Withdrawn(1));
        var live = bank.balances.all();
        bank.execute("update bank.balance set amount = -1");
        bank.execute("insert into bank.balance values (gen_random_uuid(), 'A ghost', 0)");

        var replayed = inTransaction(() -> bank.events.rebuild("balances"));

        assertTrue(replayed > 1500);
        assertEquals(live, bank.balances.all());
    }

    @Test
    void appends_wait_for_a_rebuild_so_that_none_is_missed() {
        var account = bank.open("Ann");
        QuarkusTransaction.requiringNew().run(() -> {
            bank.events.rebuild("balances");
            var refusal = assertThrows(IllegalStateException.class, () -> depositWithoutWaiting(account));
            assertTrue(refusal.getMessage().contains("lock timeout"), refusal.getMessage());
        });

        bank.save(account, new Deposited(5));
        assertEquals(5L, bank.balances.all().get(account.id()));
    }

    @Test
    void a_rebuild_of_an_unknown_projection_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> inTransaction(() -> bank.events.rebuild("nothing")));
        assertEquals(List.of("balances"), bank.events.projections());
    }

    private void depositWithoutWaiting(Loaded<Account> account) {
        QuarkusTransaction.requiringNew().run(() -> {
            bank.execute("set local lock_timeout = '100ms'");
            bank.events.save(Account.TYPE, account, List.of(new Deposited(5)), NOW);
        });
    }
}
