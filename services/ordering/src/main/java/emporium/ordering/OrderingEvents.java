package emporium.ordering;

import emporium.contracts.baskets.BasketCheckedOut;
import emporium.contracts.baskets.BasketsEvent;
import emporium.contracts.depot.DepotEvent;
import emporium.contracts.depot.ShoppingListCompleted;
import emporium.contracts.payments.InvoiceChanged;
import emporium.contracts.payments.PaymentsEvent;
import emporium.eventsourcing.Loaded;
import emporium.ordering.OrderChange.Created;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** What the other services tell that moves an order on. Told twice or late, it changes nothing. */
@Singleton
class OrderingEvents {
    private final Orders orders;

    OrderingEvents(Orders orders) {
        this.orders = orders;
    }

    void prefetchBaskets(List<? extends BasketsEvent> events) {
        prefetch(events, event -> switch (event) {
            case BasketCheckedOut basket -> basket.order();
        });
    }

    /** What is in the basket is taken as it is: what is wrong with it is create-order's to refuse, with a reason. */
    void hear(BasketsEvent event) {
        switch (event) {
            case BasketCheckedOut basket -> {
                if (orders.find(basket.order()).isEmpty()) {
                    orders.save(Loaded.fresh(basket.order()), List.of(created(basket)));
                }
            }
        }
    }

    void prefetchLists(List<? extends DepotEvent> events) {
        prefetch(events, event -> switch (event) {
            case ShoppingListCompleted list -> list.order();
        });
    }

    void hear(DepotEvent event) {
        switch (event) {
            case ShoppingListCompleted list -> {
                var order = orders.get(list.order());
                orders.save(order, order.state().fetch(list.shoppingList(), list.bot()));
            }
        }
    }

    void prefetchInvoices(List<? extends PaymentsEvent> events) {
        prefetch(events, event -> switch (event) {
            case InvoiceChanged invoice -> invoice.order();
        });
    }

    void hear(PaymentsEvent event) {
        switch (event) {
            case InvoiceChanged invoice -> {
                var order = orders.get(invoice.order());
                orders.save(order, invoiced(order.state(), invoice));
            }
        }
    }

    private static List<? extends OrderChange> invoiced(Order order, InvoiceChanged invoice) {
        return switch (invoice.status()) {
            case ISSUED -> order.invoice(invoice.invoice());
            case PAID -> order.pay(invoice.invoice());
            // Because the order is cancelled; or by hand, and then the order waits to be cancelled too.
            case CANCELLED -> List.of();
        };
    }

    private static Created created(BasketCheckedOut basket) {
        return new Created(basket.order(), basket.customer(), basket.payment(), basket.lines(), basket.total());
    }

    private <E> void prefetch(List<? extends E> events, Function<E, UUID> order) {
        orders.prefetch(events.stream().map(order).toList());
    }
}
