package emporium.depot;

import static emporium.depot.ShoppingList.Status.CANCELLED;
import static emporium.depot.ShoppingList.Status.PENDING;

import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CancelledBeforehand;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.DepotReply;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.OutOfStock;
import emporium.contracts.depot.ShoppingInitiated;
import emporium.contracts.depot.ShoppingListCancelled;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.messaging.MessageIds;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Handles the depot's commands. Each is about an order, and doing it again changes nothing and answers the same. */
@Singleton
class DepotCommands {

    private final WorkAtHand work;
    private final MessageIds ids;

    DepotCommands(WorkAtHand work, MessageIds ids) {
        this.work = work;
        this.ids = ids;
    }

    void prefetch(List<DepotCommand> commands) {
        work.lock(commands);
    }

    DepotReply handle(DepotCommand command) {
        return switch (command) {
            case CreateShoppingList create ->
                work.listOf(create.order()).map(DepotCommands::answerAgain).orElseGet(() -> open(create));
            case CancelShoppingList cancel -> cancel(cancel.order());
            case InitiateShopping initiate -> initiate(initiate.order());
        };
    }

    private DepotReply open(CreateShoppingList create) {
        var stops = Stop.of(create.lines());
        var wanted = Stop.quantities(stops);
        var missing = work.shelves().shortOf(wanted);
        if (!missing.isEmpty()) {
            return new OutOfStock(create.order(), namesOf(create.lines(), missing));
        }
        var taken = work.shelves().reserve(wanted);
        var list = ShoppingList.open(ids.next(), create.order(), stops, taken);
        work.add(list);
        return new ShoppingListCreated(list.orderId(), list.id());
    }

    private DepotReply cancel(UUID order) {
        work.listOf(order)
                .ifPresentOrElse(this::cancel, () -> work.add(ShoppingList.cancelledBeforehand(ids.next(), order)));
        return new ShoppingListCancelled(order);
    }

    private void cancel(ShoppingList list) {
        switch (list.status()) {
            case PENDING, AVAILABLE, ASSIGNED -> work.shelves().free(list.reserved());
            case COMPLETED -> work.shelves().bringBack(list.reserved());
            case CANCELLED -> {
                return;
            }
        }
        list.cancel();
    }

    /** For a list that was cancelled meanwhile there is nothing to fetch, and no reason to keep the order waiting. */
    private DepotReply initiate(UUID order) {
        var list = work.listOf(order)
                .orElseThrow(() -> new IllegalStateException("The order " + order + " has no shopping list."));
        if (list.is(PENDING)) {
            list.makeAvailable();
        }
        return new ShoppingInitiated(order);
    }

    private static DepotReply answerAgain(ShoppingList list) {
        return list.is(CANCELLED)
                ? new CancelledBeforehand(list.orderId())
                : new ShoppingListCreated(list.orderId(), list.id());
    }

    private static List<String> namesOf(List<Line> lines, Set<UUID> products) {
        return lines.stream()
                .filter(line -> products.contains(line.product()))
                .map(Line::productName)
                .distinct()
                .toList();
    }
}
