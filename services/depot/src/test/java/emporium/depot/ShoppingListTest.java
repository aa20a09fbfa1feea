package emporium.depot;

import static emporium.depot.ShoppingList.Status.ASSIGNED;
import static emporium.depot.ShoppingList.Status.AVAILABLE;
import static emporium.depot.ShoppingList.Status.CANCELLED;
import static emporium.depot.ShoppingList.Status.COMPLETED;
import static emporium.depot.ShoppingList.Status.PENDING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ShoppingListTest {

    private final ShoppingList list =
            ShoppingList.open(UUID.randomUUID(), UUID.randomUUID(), List.of(), Map.of(UUID.randomUUID(), 1L));

    private final UUID bot = UUID.randomUUID();
    private final ShoppingList completed = completed();

    private ShoppingList completed() {
        var done = ShoppingList.open(UUID.randomUUID(), UUID.randomUUID(), List.of(), Map.of());
        done.makeAvailable();
        done.assignTo(bot);
        done.complete();
        return done;
    }

    @Test
    void a_list_is_pending_until_it_is_offered_to_the_bots() {
        assertEquals(PENDING, list.status());
        list.makeAvailable();
        assertEquals(AVAILABLE, list.status());
    }

    @Test
    void a_pending_list_can_be_cancelled() {
        list.cancel();
        assertEquals(CANCELLED, list.status());
    }

    @Test
    void an_available_list_can_be_cancelled() {
        list.makeAvailable();
        list.cancel();
        assertEquals(CANCELLED, list.status());
    }

    @Test
    void a_list_goes_through_the_hands_of_one_bot() {
        list.makeAvailable();
        list.assignTo(bot);
        assertEquals(ASSIGNED, list.status());
        assertTrue(list.isInHandsOf(bot));
        assertFalse(list.isInHandsOf(UUID.randomUUID()));
        list.complete();
        assertEquals(COMPLETED, list.status());
        assertEquals(bot, list.botId());
        assertFalse(list.isInHandsOf(bot));
    }

    @Test
    void a_list_that_its_bot_has_lost_is_offered_again() {
        list.makeAvailable();
        list.assignTo(bot);
        list.release();
        assertEquals(AVAILABLE, list.status());
        assertNull(list.botId());
    }

    @Test
    void a_list_can_be_recalled_from_its_bot_and_given_up_after_it_was_completed() {
        list.makeAvailable();
        list.assignTo(bot);
        list.cancel();
        assertEquals(CANCELLED, list.status());
        assertNull(list.botId());
        completed.cancel();
        assertEquals(CANCELLED, completed.status());
    }

    @Test
    void only_an_available_list_can_be_assigned_and_only_an_assigned_one_completed() {
        assertThrows(IllegalStateException.class, () -> list.assignTo(bot));
        assertThrows(IllegalStateException.class, list::complete);
        list.makeAvailable();
        assertThrows(IllegalStateException.class, list::complete);
        list.assignTo(bot);
        assertThrows(IllegalStateException.class, () -> list.assignTo(UUID.randomUUID()));
        assertThrows(IllegalStateException.class, completed::complete);
        assertThrows(IllegalStateException.class, completed::release);
    }

    @Test
    void a_list_is_offered_once() {
        list.makeAvailable();
        assertThrows(IllegalStateException.class, list::makeAvailable);
    }

    @Test
    void a_cancelled_list_stays_cancelled_and_says_so() {
        list.cancel();
        assertThrows(IllegalStateException.class, list::cancel);
        var refusal = assertThrows(IllegalStateException.class, list::makeAvailable);
        assertEquals(
                "The shopping list " + list.id() + " is CANCELLED and cannot become AVAILABLE.", refusal.getMessage());
    }

    @Test
    void a_list_cancelled_beforehand_holds_nothing() {
        var tombstone = ShoppingList.cancelledBeforehand(UUID.randomUUID(), UUID.randomUUID());
        assertEquals(CANCELLED, tombstone.status());
        assertEquals(List.of(), tombstone.stops());
        assertEquals(Map.of(), tombstone.reserved());
    }
}
