package emporium.orchestrator;

import emporium.contracts.Money;
import emporium.contracts.customers.AuthorizeCustomer;
import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.RejectOrder;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.ReleasePayment;
import java.util.List;
import java.util.UUID;

/**
 * What create-order knows so far of one order; makes the commands.
 *
 * @param shoppingList null until the depot has opened it
 * @param reason why the order is refused or cancelled, null while nothing speaks against it
 * @param cancelled whether somebody wants it cancelled, and not only that it cannot be fulfilled
 */
record OrderDraft(
        UUID order,
        UUID customer,
        UUID payment,
        List<Line> lines,
        Money total,
        UUID shoppingList,
        String reason,
        boolean cancelled) {

    private static final String NOT_IN_TIME =
            "We could not process your order in time. You were not charged; please order again.";

    static OrderDraft of(OrderCreated placed) {
        var lines = placed.lines().stream().map(OrderDraft::line).toList();
        return new OrderDraft(
                placed.order(), placed.customer(), placed.payment(), lines, placed.total(), null, null, false);
    }

    OrderDraft withList(ShoppingListCreated created) {
        return new OrderDraft(order, customer, payment, lines, total, created.shoppingList(), reason, cancelled);
    }

    OrderDraft refused(String why) {
        return new OrderDraft(order, customer, payment, lines, total, shoppingList, why, cancelled);
    }

    /** Which service did not answer is the operator's business, who finds it in the saga's history. */
    OrderDraft failed(String technically) {
        return refused(NOT_IN_TIME);
    }

    OrderDraft cancelled(String why) {
        return new OrderDraft(order, customer, payment, lines, total, shoppingList, why, true);
    }

    OrderingCommand closeOrder() {
        return cancelled ? new CancelOrder(order, reason) : new RejectOrder(order, reason);
    }

    AuthorizeCustomer authorizeCustomer() {
        return new AuthorizeCustomer(customer);
    }

    CreateShoppingList createList() {
        return new CreateShoppingList(order, lines);
    }

    CancelShoppingList cancelList() {
        return new CancelShoppingList(order);
    }

    ConfirmPayment confirmPayment() {
        return new ConfirmPayment(order, payment, customer, total);
    }

    ReleasePayment releasePayment() {
        return new ReleasePayment(order, payment);
    }

    InitiateShopping initiateShopping() {
        return new InitiateShopping(order);
    }

    ApproveOrder approveOrder() {
        return new ApproveOrder(order, shoppingList);
    }

    private static Line line(OrderLine ordered) {
        return new Line(
                ordered.product(), ordered.productName(), ordered.store(), ordered.storeName(), ordered.quantity());
    }
}
