package emporium.ordering;

import emporium.contracts.Money;
import emporium.contracts.depot.ShoppingListCompleted;
import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.ordering.OrderApproved;
import emporium.contracts.ordering.OrderCancelled;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderRejected;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.OrderingReply;
import emporium.contracts.ordering.RejectOrder;
import emporium.contracts.payments.InvoiceChanged;
import emporium.contracts.payments.InvoiceStatus;
import emporium.eventsourcing.Loaded;
import emporium.messaging.MessageIds;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Brings orders into any state, as the sagas and the other services would, each step in its transaction. */
@Singleton
class Stage {
    static final Money PRICE = new Money(1999, "EUR");

    private final OrderingCommands commands;
    private final OrderingEvents events;
    private final OrderDesk desk;
    private final Orders orders;
    private final MessageIds ids;

    Stage(OrderingCommands commands, OrderingEvents events, OrderDesk desk, Orders orders, MessageIds ids) {
        this.commands = commands;
        this.events = events;
        this.desk = desk;
        this.orders = orders;
        this.ids = ids;
    }

    /** A new order that has come so far. */
    UUID order(OrderStatus status) {
        return switch (status) {
            case PENDING -> placed();
            case APPROVED -> approved(order(OrderStatus.PENDING));
            case READY -> fetched(order(OrderStatus.APPROVED));
            case COMPLETED -> invoice(order(OrderStatus.READY), InvoiceStatus.PAID);
            case REJECTED -> told(new RejectOrder(order(OrderStatus.PENDING), "card expired"));
            case CANCELLING -> cancelAsked(order(OrderStatus.APPROVED));
            case CANCELLED -> cancelled(order(OrderStatus.CANCELLING));
        };
    }

    UUID placed() {
        var id = ids.next();
        var line = new OrderLine(new UUID(0, 2), "Lamp", new UUID(0, 3), "Lights & Co", PRICE, 2);
        var created = new OrderChange.Created(id, new UUID(0, 4), new UUID(0, 5), List.of(line), PRICE.times(2));
        return with(id, () -> orders.save(Loaded.fresh(id), List.of(created)));
    }

    UUID approved(UUID order) {
        return told(new ApproveOrder(order, listOf(order)));
    }

    UUID fetched(UUID order) {
        var list = new ShoppingListCompleted(order, listOf(order), new UUID(0, 6), Instant.EPOCH);
        return with(order, () -> events.hear(list));
    }

    UUID invoice(UUID order, InvoiceStatus status) {
        var invoice = new InvoiceChanged(invoiceOf(order), 1, order, PRICE, status, Instant.EPOCH);
        return with(order, () -> events.hear(invoice));
    }

    UUID cancelAsked(UUID order) {
        return with(order, () -> desk.cancel(order, "changed my mind"));
    }

    UUID cancelled(UUID order) {
        return told(new CancelOrder(order, "undone"));
    }

    OrderingReply tell(OrderingCommand command) {
        return QuarkusTransaction.requiringNew().call(() -> commands.handle(command));
    }

    static UUID listOf(UUID order) {
        return MessageIds.derived(order, "list");
    }

    static UUID invoiceOf(UUID order) {
        return MessageIds.derived(order, "invoice");
    }

    UUID told(OrderingCommand command) {
        return switch (tell(command)) {
            case OrderApproved a -> a.order();
            case OrderRejected r -> r.order();
            case OrderCancelled c -> c.order();
        };
    }

    private static UUID with(UUID order, Runnable work) {
        QuarkusTransaction.requiringNew().run(work);
        return order;
    }
}
