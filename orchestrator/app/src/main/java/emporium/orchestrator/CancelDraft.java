package emporium.orchestrator;

import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.payments.ReturnPayment;
import java.util.UUID;

/** What cancel-order knows of one order; makes the commands. */
record CancelDraft(UUID order, UUID payment, String reason) {

    CancelShoppingList cancelList() {
        return new CancelShoppingList(order);
    }

    ReturnPayment returnPayment() {
        return new ReturnPayment(order, payment, reason);
    }

    CancelOrder cancelOrder() {
        return new CancelOrder(order, reason);
    }
}
