package emporium.ordering;

import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.ordering.OrderApproved;
import emporium.contracts.ordering.OrderCancelled;
import emporium.contracts.ordering.OrderRejected;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.OrderingReply;
import emporium.contracts.ordering.RejectOrder;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** What the sagas ask of an order. A command that does not fit the order's state is a fault, and gets parked. */
@Singleton
class OrderingCommands {
    private final Orders orders;

    OrderingCommands(Orders orders) {
        this.orders = orders;
    }

    void prefetch(List<? extends OrderingCommand> commands) {
        orders.prefetch(commands.stream().map(OrderingCommands::orderOf).toList());
    }

    OrderingReply handle(OrderingCommand command) {
        var order = orders.get(orderOf(command));
        return switch (command) {
            case ApproveOrder a -> {
                orders.save(order, order.state().approve(a.shoppingList()));
                yield new OrderApproved(a.order());
            }
            case RejectOrder r -> {
                orders.save(order, order.state().reject(r.reason()));
                yield new OrderRejected(r.order());
            }
            case CancelOrder c -> {
                orders.save(order, order.state().cancel(c.reason()));
                yield new OrderCancelled(c.order());
            }
        };
    }

    private static UUID orderOf(OrderingCommand command) {
        return switch (command) {
            case ApproveOrder a -> a.order();
            case RejectOrder r -> r.order();
            case CancelOrder c -> c.order();
        };
    }
}
