package emporium.depot;

import static java.util.stream.Collectors.toSet;

import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The lists and the stock that the commands of one transaction are about, locked by one query each. */
@TransactionScoped
class WorkAtHand {

    private final ShoppingLists lists;
    private final StockRoom stockRoom;
    private final Map<UUID, ShoppingList> byOrder = new HashMap<>();
    private Shelves shelves;

    @Inject
    WorkAtHand(ShoppingLists lists, StockRoom stockRoom) {
        this.lists = lists;
        this.stockRoom = stockRoom;
    }

    /** Lists first, stock second: all transactions lock in this order, so that none waits in a circle. */
    void lock(List<? extends DepotCommand> commands) {
        var orders = commands.stream().map(WorkAtHand::orderOf).collect(toSet());
        lists.lockOfOrders(orders).forEach(list -> byOrder.put(list.orderId(), list));
        shelves = stockRoom.shelvesOf(productsOf(commands));
    }

    Shelves shelves() {
        return shelves;
    }

    Optional<ShoppingList> listOf(UUID order) {
        return Optional.ofNullable(byOrder.get(order));
    }

    void add(ShoppingList list) {
        lists.persist(list);
        byOrder.put(list.orderId(), list);
    }

    private static UUID orderOf(DepotCommand command) {
        return switch (command) {
            case CreateShoppingList create -> create.order();
            case CancelShoppingList cancel -> cancel.order();
            case InitiateShopping initiate -> initiate.order();
        };
    }

    private Set<UUID> productsOf(List<? extends DepotCommand> commands) {
        return commands.stream().flatMap(this::productsOf).collect(toSet());
    }

    private Stream<UUID> productsOf(DepotCommand command) {
        return switch (command) {
            case CreateShoppingList create -> create.lines().stream().map(Line::product);
            case CancelShoppingList cancel ->
                listOf(cancel.order()).stream().flatMap(list -> list.reserved().keySet().stream());
            case InitiateShopping initiate -> Stream.empty();
        };
    }
}
