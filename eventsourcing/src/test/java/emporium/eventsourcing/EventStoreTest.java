package emporium.eventsourcing;

import static emporium.eventsourcing.Bank.NOW;
import static emporium.eventsourcing.Bank.inTransaction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.eventsourcing.AccountEvent.Deposited;
import emporium.eventsourcing.AccountEvent.Opened;
import emporium.eventsourcing.AccountEvent.Withdrawn;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EventStoreTest {

    @Inject
    Bank bank;

    @Test
    void several_events_of_one_save_come_back_in_order_with_their_metadata() {
        var id = UUID.randomUUID();
        var metadata = new Metadata(NOW.occurredAt(), "ann", UUID.randomUUID(), UUID.randomUUID(), "moving house");
        var saved = bank.save(Account.TYPE, Loaded.fresh(id), metadata, new Opened("Ann"), new Deposited(7));

        assertEquals(new Loaded<>(id, 2, new Account("Ann", 7)), saved);
        assertEquals(saved, bank.get(id));
        var history = bank.events.history(Account.TYPE, id, 0, 10);
        assertEquals(
                List.of(new Opened("Ann"), new Deposited(7)),
                history.stream().map(RecordedEvent::data).toList());
        assertEquals(
                List.of(1L, 2L), history.stream().map(RecordedEvent::version).toList());
        assertEquals(
                List.of("Opened", "Deposited"),
                history.stream().map(RecordedEvent::type).toList());
        assertEquals(
                List.of(metadata, metadata),
                history.stream().map(RecordedEvent::metadata).toList());
    }

    @Test
    void a_long_history_is_read_in_pages() {
        var account = bank.save(bank.open("Ann"), new Deposited(1), new Deposited(2), new Deposited(3));

        assertEquals(
                List.of(3L, 4L),
                bank.events.history(Account.TYPE, account.id(), 2, 2).stream()
                        .map(RecordedEvent::version)
                        .toList());
        assertEquals(List.of(), bank.events.history(Account.TYPE, account.id(), 4, 2));
    }

    @Test
    void what_has_no_events_is_not_found() {
        assertEquals(Optional.empty(), bank.events.find(Account.TYPE, UUID.randomUUID()));
        assertEquals(Optional.empty(), bank.events.findAt(Account.TYPE, UUID.randomUUID(), NOW.occurredAt()));
    }

    @Test
    void a_save_of_no_events_changes_nothing() {
        var account = bank.open("Ann");

        assertEquals(account, bank.save(account));
        assertEquals(account, bank.get(account.id()));
    }

    @Test
    void a_save_on_an_old_version_is_refused_and_leaves_nothing_behind() {
        var old = bank.open("Ann");
        bank.save(old, new Deposited(5));

        var refusal = assertThrows(ConcurrentChange.class, () -> bank.save(old, new Deposited(7), new Deposited(9)));
        assertTrue(refusal.getMessage().contains(old.id().toString()), refusal.getMessage());
        assertEquals(new Loaded<>(old.id(), 2, new Account("Ann", 5)), bank.get(old.id()));
    }

    @Test
    void of_many_who_save_the_same_version_at_once_exactly_one_succeeds() throws Exception {
        var account = bank.open("Ann");
        int savers = 4;
        var together = new CyclicBarrier(savers);
        try (var threads = Executors.newFixedThreadPool(savers)) {
            Callable<Boolean> saver = () -> {
                together.await();
                return succeeds(account);
            };
            var outcomes = threads.invokeAll(
                    IntStream.range(0, savers).mapToObj(i -> saver).toList());
            assertEquals(1, outcomes.stream().filter(EventStoreTest::isTrue).count());
        }
        assertEquals(new Loaded<>(account.id(), 2, new Account("Ann", 5)), bank.get(account.id()));
    }

    @Test
    void a_save_outside_of_a_transaction_is_refused() {
        assertThrows(
                IllegalStateException.class,
                () -> bank.events.save(Account.TYPE, Loaded.fresh(UUID.randomUUID()), List.of(new Opened("Ann")), NOW));
    }

    @Test
    void an_aggregate_is_read_as_of_a_version() {
        var account = bank.save(bank.open("Ann"), new Deposited(5), new Deposited(7), new Withdrawn(1));

        assertEquals(new Account("Ann", 0), asOf(account, 1));
        assertEquals(new Account("Ann", 12), asOf(account, 3));
        assertEquals(new Account("Ann", 11), asOf(account, 99));
        assertEquals(Optional.empty(), bank.events.findAt(Account.TYPE, account.id(), 0));
    }

    @Test
    void an_aggregate_is_read_as_of_a_time() {
        var monday = Instant.parse("2026-03-02T12:00:00Z");
        var tuesday = monday.plus(Duration.ofDays(1));
        var opened = bank.save(Account.TYPE, Loaded.fresh(UUID.randomUUID()), Metadata.at(monday), new Opened("Ann"));
        bank.save(Account.TYPE, opened, Metadata.at(tuesday), new Deposited(5));

        assertEquals(Optional.empty(), at(opened, monday.minusMillis(1)));
        assertEquals(Optional.of(new Account("Ann", 0)), at(opened, monday));
        assertEquals(Optional.of(new Account("Ann", 0)), at(opened, tuesday.minusMillis(1)));
        assertEquals(Optional.of(new Account("Ann", 5)), at(opened, tuesday));
        assertEquals(Optional.of(new Account("Ann", 5)), at(opened, tuesday.plusSeconds(1)));
        assertEquals(Optional.empty(), at(opened, Instant.MIN));
        assertEquals(Optional.of(new Account("Ann", 5)), at(opened, Instant.MAX));
    }

    @Test
    void many_aggregates_are_read_by_one_statement() {
        var accounts = Stream.generate(() -> bank.open("Ann")).limit(20).toList();
        var ids = Stream.concat(accounts.stream().map(Loaded::id), Stream.of(UUID.randomUUID()))
                .toList();

        assertEquals(1, bank.statements.during(() -> {
            var loaded = bank.events.loadAll(Account.TYPE, ids);
            assertEquals(20, loaded.size());
            accounts.forEach(account -> assertEquals(account, loaded.get(account.id())));
        }));
    }

    @Test
    void many_aggregates_are_saved_by_one_statement() {
        var changes = IntStream.range(0, 20)
                .mapToObj(i -> new Change<Account, AccountEvent>(
                        Loaded.fresh(UUID.randomUUID()), List.of(new Opened("Ann"), new Deposited(i)), NOW))
                .toList();

        assertEquals(1, bank.statements.during(() -> inTransaction(() -> bank.events.saveAll(Account.TYPE, changes))));
        changes.forEach(change -> assertEquals(2, bank.get(change.before().id()).version()));
    }

    @Test
    void two_changes_of_one_aggregate_may_be_saved_together() {
        var opened =
                new Change<Account, AccountEvent>(Loaded.fresh(UUID.randomUUID()), List.of(new Opened("Ann")), NOW);
        var filled = new Change<Account, AccountEvent>(opened.after(Account.TYPE), List.of(new Deposited(5)), NOW);
        inTransaction(() -> bank.events.saveAll(Account.TYPE, List.of(opened, filled)));

        assertEquals(new Account("Ann", 5), bank.get(opened.before().id()).state());
    }

    @Test
    void who_locks_an_aggregate_waits_instead_of_being_refused() throws Exception {
        var account = bank.open("Ann");
        int savers = 4;
        try (var threads = Executors.newFixedThreadPool(savers)) {
            Callable<Boolean> saver = () -> inTransaction(() -> {
                var locked = bank.events.findLocked(Account.TYPE, account.id()).orElseThrow();
                return bank.events.save(Account.TYPE, locked, List.of(new Deposited(5)), NOW) != null;
            });
            var outcomes = threads.invokeAll(
                    IntStream.range(0, savers).mapToObj(i -> saver).toList());
            assertTrue(outcomes.stream().allMatch(EventStoreTest::isTrue));
        }
        assertEquals(new Loaded<>(account.id(), 5, new Account("Ann", 20)), bank.get(account.id()));
        assertEquals(Optional.empty(), inTransaction(() -> bank.events.findLocked(Account.TYPE, UUID.randomUUID())));
    }

    private boolean succeeds(Loaded<Account> account) {
        try {
            bank.save(account, new Deposited(5));
            return true;
        } catch (ConcurrentChange e) {
            return false;
        }
    }

    private static boolean isTrue(Future<Boolean> outcome) {
        try {
            return outcome.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Account asOf(Loaded<Account> account, long version) {
        return bank.events
                .findAt(Account.TYPE, account.id(), version)
                .orElseThrow()
                .state();
    }

    private Optional<Account> at(Loaded<Account> account, Instant time) {
        return bank.events.findAt(Account.TYPE, account.id(), time).map(Loaded::state);
    }
}
