package emporium.ordering;

import emporium.contracts.ordering.FindOrders;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderFound;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderingAnswer;
import emporium.contracts.ordering.OrderingQuery;
import emporium.contracts.ordering.OrdersFound;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Answers other services that want to know all orders, also those of which the streams have forgotten the events. */
@Singleton
class OrderingQueries {
    /** An answer is one message, and the longest lines must fit into it. */
    private static final int MOST_LINES = 500;

    private static final int MOST_ORDERS = 500;

    private final OrderViews views;

    OrderingQueries(OrderViews views) {
        this.views = views;
    }

    OrderingAnswer answer(OrderingQuery query) {
        return switch (query) {
            case FindOrders(var after, var limit) ->
                new OrdersFound(fitting(views.after(after, Math.clamp(limit, 1, MOST_ORDERS))));
        };
    }

    private static List<OrderFound> fitting(List<OrderView> orders) {
        var found = new ArrayList<OrderFound>();
        var lines = 0;
        for (var order : orders) {
            lines += order.items().size();
            if (lines > MOST_LINES && !found.isEmpty()) {
                break;
            }
            found.add(new OrderFound(created(order), now(order)));
        }
        return found;
    }

    private static OrderCreated created(OrderView order) {
        var lines = order.items().stream()
                .map(item -> new OrderLine(
                        item.productId(),
                        item.productName(),
                        item.storeId(),
                        item.storeName(),
                        item.price(),
                        item.quantity()))
                .toList();
        return new OrderCreated(
                order.id(), order.customerId(), order.paymentId(), lines, order.total(), order.createdAt());
    }

    private static OrderChanged now(OrderView order) {
        return new OrderChanged(
                order.id(),
                order.version(),
                order.status(),
                order.reason(),
                order.customerId(),
                order.paymentId(),
                order.shoppingListId(),
                order.invoiceId(),
                order.total(),
                order.updatedAt());
    }
}
