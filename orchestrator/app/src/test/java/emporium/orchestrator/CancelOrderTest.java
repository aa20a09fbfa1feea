package emporium.orchestrator;

import static emporium.saga.SagaStatus.COMPLETED;
import static emporium.saga.SagaStatus.NEEDS_ATTENTION;
import static emporium.saga.SagaStatus.RUNNING;

import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.ShoppingListCancelled;
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.ordering.OrderCancelled;
import emporium.contracts.payments.PaymentDeclined;
import emporium.contracts.payments.PaymentReturned;
import emporium.contracts.payments.ReturnPayment;
import emporium.saga.OperatorMove;
import emporium.saga.testing.Dialogue;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CancelOrderTest {

    private final UUID order = UUID.randomUUID();
    private final UUID payment = UUID.randomUUID();

    @Test
    void the_goods_go_back_and_then_the_money() {
        recalled()
                .asks(returnPayment(), new PaymentReturned(order, payment))
                .asks(new CancelOrder(order, "too late"), new OrderCancelled(order))
                .ends(COMPLETED);
    }

    @Test
    void what_was_promised_is_asked_for_without_end() {
        recalled()
                .asks(returnPayment())
                .after(Duration.ofHours(1))
                .is(RUNNING)
                .late(returnPayment(), new PaymentReturned(order, payment))
                .asks(new CancelOrder(order, "too late"), new OrderCancelled(order))
                .is(COMPLETED);
    }

    @Test
    void money_that_cannot_be_returned_is_left_to_a_person() {
        recalled()
                .asks(returnPayment(), new PaymentDeclined(payment, "account closed"))
                .ends(NEEDS_ATTENTION)
                .operator(OperatorMove.SKIP, "sent by post")
                .asks(new CancelOrder(order, "too late"), new OrderCancelled(order))
                .ends(COMPLETED);
    }

    private Dialogue<CancelDraft> recalled() {
        return Dialogue.play(
                        CancelOrderSaga.DEFINITION, new CancelDraft(order, payment, "too late"), CreateOrder::refusal)
                .asks(new CancelShoppingList(order), new ShoppingListCancelled(order));
    }

    private ReturnPayment returnPayment() {
        return new ReturnPayment(order, payment, "too late");
    }
}
