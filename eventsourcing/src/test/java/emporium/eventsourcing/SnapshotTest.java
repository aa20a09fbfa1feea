package emporium.eventsourcing;

import static emporium.eventsourcing.Bank.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.eventsourcing.AccountEvent.Deposited;
import emporium.eventsourcing.AccountEvent.Opened;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SnapshotTest {

    static final AggregateType<Account, AccountEvent> WITH_SNAPSHOTS = Account.withSnapshots(1);

    @Inject
    Bank bank;

    @Test
    void a_snapshot_spares_the_reading_of_the_events_before_it() {
        var account = sixEvents();
        forgetEventsUpTo(5, account);

        assertEquals(account, find(WITH_SNAPSHOTS, account));
        assertEquals(new Account("Ann", 21), add(account, 6).state());
    }

    @Test
    void a_snapshot_of_another_shape_is_not_read() {
        var account = sixEvents();
        spoilSnapshot(account, "{\"owner\": \"Someone else\", \"balance\": 0}");

        assertEquals(account, find(Account.withSnapshots(2), account));
    }

    @Test
    void a_snapshot_that_cannot_be_read_is_passed_over() {
        var account = sixEvents();
        spoilSnapshot(account, "{\"owner\": {}, \"balance\": []}");

        assertEquals(account, find(WITH_SNAPSHOTS, account));
    }

    @Test
    void an_older_version_is_read_past_the_snapshot() {
        var account = sixEvents();

        assertEquals(
                new Account("Ann", 1 + 2 + 3),
                bank.events
                        .findAt(WITH_SNAPSHOTS, account.id(), 4)
                        .orElseThrow()
                        .state());
    }

    @Test
    void the_newest_snapshot_replaces_the_former_one() {
        var account = add(add(add(add(sixEvents(), 6), 7), 8), 9);
        forgetEventsUpTo(10, account);

        assertEquals(account, find(WITH_SNAPSHOTS, account));
    }

    private Loaded<Account> sixEvents() {
        Loaded<Account> account = Loaded.fresh(UUID.randomUUID());
        var opened = bank.save(WITH_SNAPSHOTS, account, NOW, new Opened("Ann"), new Deposited(1));
        var filled = bank.save(WITH_SNAPSHOTS, opened, NOW, new Deposited(2), new Deposited(3));
        return add(add(filled, 4), 5);
    }

    private Loaded<Account> add(Loaded<Account> account, long amount) {
        return bank.save(WITH_SNAPSHOTS, account, NOW, new Deposited(amount));
    }

    private Loaded<Account> find(AggregateType<Account, AccountEvent> type, Loaded<Account> account) {
        return bank.events.find(type, account.id()).orElseThrow();
    }

    private void spoilSnapshot(Loaded<Account> account, String state) {
        bank.execute("update bank.snapshot set state = ?::jsonb where stream_id = ?", state, account.id());
    }

    private void forgetEventsUpTo(long version, Loaded<Account> account) {
        bank.execute("delete from bank.event where stream_id = ? and version <= ?", account.id(), version);
    }
}
