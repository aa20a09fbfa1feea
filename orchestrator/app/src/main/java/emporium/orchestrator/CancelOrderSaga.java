package emporium.orchestrator;

import emporium.saga.Saga;
import java.time.Duration;

/**
 * From an order whose create-order is over to a cancelled one: the goods go back, then the money. It was promised to the
 * customer, so there is only forward.
 */
final class CancelOrderSaga {

    static final Saga<CancelDraft> DEFINITION = Saga.named("cancel-order", CancelDraft.class)
            .version(1)
            .forwardOnly()
            .deadline(Duration.ofMinutes(15))
            .step("shopping-list", s -> s.send(CancelDraft::cancelList).deadline(Duration.ofSeconds(20)))
            .step("payment", s -> s.send(CancelDraft::returnPayment).deadline(Duration.ofSeconds(30)))
            .step("order", s -> s.send(CancelDraft::cancelOrder).deadline(Duration.ofSeconds(20)));

    private CancelOrderSaga() {}
}
