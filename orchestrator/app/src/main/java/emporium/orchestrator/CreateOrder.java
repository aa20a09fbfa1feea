package emporium.orchestrator;

import emporium.contracts.Refusal;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.saga.Saga;
import java.util.Optional;

/** From a placed order to an approved one, or to a rejected one that holds neither stock nor money. */
final class CreateOrder {

    static final Saga<OrderDraft> DEFINITION = Saga.named("create-order", OrderDraft.class)
            .version(1)
            .onRefusal(OrderDraft::withReason)
            .step("order", s -> s.compensate(OrderDraft::rejectOrder))
            .step("customer", s -> s.send(OrderDraft::authorizeCustomer))
            .step("shopping-list", s -> s.send(OrderDraft::createList)
                    .onReply(ShoppingListCreated.class, OrderDraft::withList)
                    .compensate(OrderDraft::cancelList))
            .step("payment", s -> s.send(OrderDraft::confirmPayment)
                    .compensate(OrderDraft::releasePayment)
                    .pivot())
            .step("shopping", s -> s.send(OrderDraft::initiateShopping))
            .step("approval", s -> s.send(OrderDraft::approveOrder));

    private CreateOrder() {}

    /** What the engine has to know of the mall's replies: which of them are a no, and why. */
    static Optional<String> refusal(Object reply) {
        return reply instanceof Refusal refusal ? Optional.of(refusal.reason()) : Optional.empty();
    }
}
