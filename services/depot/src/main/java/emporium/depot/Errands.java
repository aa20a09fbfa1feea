package emporium.depot;

import static emporium.depot.ShoppingList.Status.ASSIGNED;
import static emporium.depot.ShoppingList.Status.AVAILABLE;

import emporium.contracts.depot.ShoppingListCompleted;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.rest.Problem;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * What bots do with lists: take them, complete them, lose them. All in the caller's transaction, which locks the list
 * first, the bot second and stock last, so that none waits in a circle.
 */
@Singleton
class Errands {

    private final ShoppingLists lists;
    private final Bots bots;
    private final StockRoom stockRoom;
    private final Outbox outbox;
    private final InstantSource clock;

    Errands(ShoppingLists lists, Bots bots, StockRoom stockRoom, @OwnedBy("depot") Outbox outbox, InstantSource clock) {
        this.lists = lists;
        this.bots = bots;
        this.stockRoom = stockRoom;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Of two bots that want a list the second waits for the first, and finds it taken. */
    ShoppingList assign(UUID listId, UUID botId) {
        var list = lists.lock(listId);
        var bot = bots.lock(botId);
        if (!list.is(AVAILABLE)) {
            throw Problem.conflict("The shopping list %s is %s, not AVAILABLE.".formatted(listId, list.status()));
        }
        lists.inHandsOf(botId).ifPresent(had -> {
            throw Problem.conflict("The bot %s has the shopping list %s already.".formatted(bot.name(), had.id()));
        });
        list.assignTo(botId);
        // Who asks for work is alive, so that the list is not taken away again before the first heartbeat.
        bot.heard(clock.instant());
        return list;
    }

    /**
     * What was reserved leaves the shelves.
     *
     * @param by the bot that says so; when it is not said, whoever has the list
     */
    ShoppingList complete(UUID listId, Optional<UUID> by) {
        var list = lists.lock(listId);
        if (!list.is(ASSIGNED)) {
            throw Problem.conflict("The shopping list %s is %s, not ASSIGNED.".formatted(listId, list.status()));
        }
        if (!by.map(list::isInHandsOf).orElse(true)) {
            throw Problem.conflict("The shopping list %s is in the hands of another bot.".formatted(listId));
        }
        list.complete();
        var taken = list.reserved();
        stockRoom.shelvesOf(taken.keySet()).leave(taken);
        outbox.publish(
                list.orderId(), new ShoppingListCompleted(list.orderId(), listId, list.botId(), clock.instant()));
        return list;
    }

    /** Takes lists from bots not heard since then and offers them again; returns how many. */
    int takeFromUnheardSince(Instant since, int atMost) {
        var lost = lists.lockUnheardSince(since, atMost);
        lost.forEach(ShoppingList::release);
        return lost.size();
    }
}
