package emporium.orchestrator;

import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;

import emporium.contracts.Money;
import emporium.contracts.customers.AuthorizeCustomer;
import emporium.contracts.customers.CustomerAuthorized;
import emporium.contracts.customers.CustomerDisabled;
import emporium.contracts.customers.CustomerUnknown;
import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.OutOfStock;
import emporium.contracts.depot.ShoppingInitiated;
import emporium.contracts.depot.ShoppingListCancelled;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.OrderApproved;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderRejected;
import emporium.contracts.ordering.RejectOrder;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.PaymentConfirmed;
import emporium.contracts.payments.PaymentDeclined;
import emporium.saga.Saga;
import emporium.saga.testing.Dialogue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The first released version, for the orders that began with it. */
class CreateOrderV1Test {

    private static final Saga<OrderDraft> CREATE_ORDER = CreateOrder.V1;

    private final UUID order = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID payment = UUID.randomUUID();
    private final UUID list = UUID.randomUUID();
    private final UUID product = UUID.randomUUID();
    private final UUID store = UUID.randomUUID();
    private final Money price = new Money(499, "EUR");
    private final Money total = new Money(998, "EUR");
    private final List<Line> lines = List.of(new Line(product, "Milk", store, "Dairy", 2));
    private final OrderDraft draft = OrderDraft.of(new OrderCreated(
            order,
            ann,
            payment,
            List.of(new OrderLine(product, "Milk", store, "Dairy", price, 2)),
            total,
            Instant.parse("2026-03-01T10:00:00Z")));

    @Test
    void an_order_with_nothing_against_it_is_approved_with_its_shopping_list() {
        paid().asks(new InitiateShopping(order), new ShoppingInitiated(order))
                .asks(new ApproveOrder(order, list), new OrderApproved(order))
                .ends(COMPLETED);
    }

    @Test
    void an_unknown_customer_has_the_order_rejected() {
        var unknown = new CustomerUnknown(ann);
        play(CREATE_ORDER, draft)
                .asks(new AuthorizeCustomer(ann), unknown)
                .asks(new RejectOrder(order, unknown.reason()), new OrderRejected(order))
                .ends(COMPENSATED);
    }

    @Test
    void a_disabled_customer_has_the_order_rejected() {
        var disabled = new CustomerDisabled(ann);
        play(CREATE_ORDER, draft)
                .asks(new AuthorizeCustomer(ann), disabled)
                .asks(new RejectOrder(order, disabled.reason()), new OrderRejected(order))
                .ends(COMPENSATED);
    }

    @Test
    void too_little_stock_has_the_order_rejected_and_cancels_no_list() {
        play(CREATE_ORDER, draft)
                .asks(new AuthorizeCustomer(ann), new CustomerAuthorized(ann))
                .asks(new CreateShoppingList(order, lines), new OutOfStock(order, List.of("Milk")))
                .asks(new RejectOrder(order, "Not enough in stock of Milk."), new OrderRejected(order))
                .ends(COMPENSATED);
    }

    @Test
    void a_declined_payment_cancels_the_list_and_rejects_the_order() {
        listed().asks(confirmPayment(), new PaymentDeclined(payment, "card expired"))
                .asks(new CancelShoppingList(order), new ShoppingListCancelled(order))
                .asks(new RejectOrder(order, "card expired"), new OrderRejected(order))
                .ends(COMPENSATED);
    }

    @Test
    void a_refusal_after_the_payment_is_left_to_a_person() {
        paid().asks(new InitiateShopping(order), new OutOfStock(order, List.of("Milk")))
                .ends(NEEDS_ATTENTION);
    }

    @Test
    void an_answer_given_twice_changes_nothing() {
        paid().ignores(new PaymentDeclined(payment, "used before")).ignores(new PaymentConfirmed(order, payment));
    }

    private Dialogue<OrderDraft> paid() {
        return listed().asks(confirmPayment(), new PaymentConfirmed(order, payment));
    }

    private Dialogue<OrderDraft> listed() {
        return play(CREATE_ORDER, draft)
                .asks(new AuthorizeCustomer(ann), new CustomerAuthorized(ann))
                .asks(new CreateShoppingList(order, lines), new ShoppingListCreated(order, list));
    }

    private ConfirmPayment confirmPayment() {
        return new ConfirmPayment(order, payment, ann, total);
    }

    private static Dialogue<OrderDraft> play(Saga<OrderDraft> saga, OrderDraft draft) {
        return Dialogue.play(saga, draft, CreateOrder::refusal);
    }
}
