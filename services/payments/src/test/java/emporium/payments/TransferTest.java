package emporium.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.contracts.Money;
import emporium.payments.Transfer.Kind;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransferTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Transfer transfer =
            new Transfer(UUID.randomUUID(), UUID.randomUUID(), Kind.VOID, "a1", new Money(1000, "EUR"), NOON);

    @Test
    void it_is_due_at_once_and_while_an_attempt_is_made_nobody_makes_another() {
        assertEquals(NOON, transfer.nextAttemptAt());

        transfer.attempt(NOON);

        assertEquals(NOON.plus(Transfer.LONGEST_ATTEMPT), transfer.nextAttemptAt());
    }

    @Test
    void without_an_answer_it_waits_twice_as_long_each_time_and_never_gives_up() {
        assertEquals(1, secondsToNext());
        assertEquals(2, secondsToNext());
        assertEquals(4, secondsToNext());
        for (var i = 0; i < 100; i++) {
            secondsToNext();
        }
        assertEquals(64, secondsToNext());
        assertEquals("the line went dead", transfer.reason());
    }

    @Test
    void an_answer_is_final() {
        transfer.done();

        var refused = assertThrows(IllegalStateException.class, () -> transfer.declined("too late"));
        assertEquals(
                "The transfer %s is DONE and cannot become DECLINED.".formatted(transfer.id()), refused.getMessage());
    }

    private long secondsToNext() {
        transfer.attempt(NOON);
        transfer.unanswered("the line went dead", NOON);
        return transfer.nextAttemptAt().getEpochSecond() - NOON.getEpochSecond();
    }
}
