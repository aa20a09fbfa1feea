package emporium.orchestrator;

import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPENSATING;
import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;
import static emporium.saga.SagaStatus.RUNNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.ordering.OrderApproved;
import emporium.contracts.ordering.OrderCancelled;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderRejected;
import emporium.contracts.ordering.RejectOrder;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.PaymentConfirmed;
import emporium.contracts.payments.PaymentDeclined;
import emporium.contracts.payments.PaymentReleased;
import emporium.contracts.payments.ReleasePayment;
import emporium.saga.Saga;
import emporium.saga.testing.Dialogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreateOrderTest {

    private static final Saga<OrderDraft> CREATE_ORDER = CreateOrder.DEFINITION;

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
    void customer_stock_and_money_are_asked_at_once_and_answer_in_any_order() {
        play().asks(confirmPayment(), new PaymentConfirmed(order, payment))
                .asks(new CreateShoppingList(order, lines), new ShoppingListCreated(order, list))
                .is(RUNNING)
                .asks(new AuthorizeCustomer(ann), new CustomerAuthorized(ann))
                .asks(new InitiateShopping(order), new ShoppingInitiated(order));
    }

    @Test
    void a_disabled_customer_has_the_order_rejected_and_nothing_held() {
        var disabled = new CustomerDisabled(ann);
        play().asks(new AuthorizeCustomer(ann), disabled)
                .asks(new CreateShoppingList(order, lines), new ShoppingListCreated(order, list))
                .asks(confirmPayment(), new PaymentConfirmed(order, payment))
                .asks(new ReleasePayment(order, payment), new PaymentReleased(order, payment))
                .asks(new CancelShoppingList(order), new ShoppingListCancelled(order))
                .asks(new RejectOrder(order, disabled.reason()), new OrderRejected(order))
                .ends(COMPENSATED);
    }

    @Test
    void what_all_refuse_has_nothing_to_undo_and_the_first_reason_is_told() {
        play().asks(new CreateShoppingList(order, lines), new OutOfStock(order, List.of("Milk")))
                .asks(confirmPayment(), new PaymentDeclined(payment, "card expired"))
                .asks(new AuthorizeCustomer(ann), new CustomerUnknown(ann))
                .asks(new RejectOrder(order, "Not enough in stock of Milk."), new OrderRejected(order))
                .ends(COMPENSATED);
    }

    @Test
    void a_cancel_in_the_middle_ends_in_a_cancelled_order() {
        play().asks(new AuthorizeCustomer(ann), new CustomerAuthorized(ann))
                .asks(confirmPayment(), new PaymentConfirmed(order, payment))
                .asks(new CreateShoppingList(order, lines))
                .cancelled("changed my mind")
                .ends(COMPENSATING)
                .late(new CreateShoppingList(order, lines), new ShoppingListCreated(order, list))
                .asks(new ReleasePayment(order, payment), new PaymentReleased(order, payment))
                .asks(new CancelShoppingList(order), new ShoppingListCancelled(order))
                .asks(new CancelOrder(order, "changed my mind"), new OrderCancelled(order))
                .ends(COMPENSATED);
    }

    @Test
    void a_cancel_after_the_pivot_waits_for_the_end() {
        var dialogue = paid().cancelled("changed my mind")
                .asks(new InitiateShopping(order), new ShoppingInitiated(order))
                .asks(new ApproveOrder(order, list), new OrderApproved(order))
                .ends(COMPLETED);
        assertEquals("changed my mind", dialogue.progress().cancelled());
    }

    @Test
    void payments_that_stay_away_are_asked_again_and_then_the_order_is_rejected() {
        play().asks(new AuthorizeCustomer(ann), new CustomerAuthorized(ann))
                .asks(new CreateShoppingList(order, lines), new ShoppingListCreated(order, list))
                .asks(confirmPayment())
                .after(Duration.ofMinutes(2))
                .asks(confirmPayment())
                .asks(confirmPayment())
                .asks(confirmPayment())
                .asks(confirmPayment())
                .asks(new ReleasePayment(order, payment), new PaymentReleased(order, payment))
                .asks(new CancelShoppingList(order), new ShoppingListCancelled(order))
                .asks(
                        new RejectOrder(
                                order,
                                "We could not process your order in time. You were not charged; please order again."),
                        new OrderRejected(order))
                .ends(COMPENSATED);
    }

    @Test
    void a_refusal_after_the_pivot_is_left_to_a_person() {
        paid().asks(new InitiateShopping(order), new OutOfStock(order, List.of("Milk")))
                .ends(NEEDS_ATTENTION);
    }

    private Dialogue<OrderDraft> paid() {
        return play().asks(new AuthorizeCustomer(ann), new CustomerAuthorized(ann))
                .asks(new CreateShoppingList(order, lines), new ShoppingListCreated(order, list))
                .asks(confirmPayment(), new PaymentConfirmed(order, payment));
    }

    private ConfirmPayment confirmPayment() {
        return new ConfirmPayment(order, payment, ann, total);
    }

    private Dialogue<OrderDraft> play() {
        return Dialogue.play(CREATE_ORDER, draft, CreateOrder::refusal);
    }
}
