package emporium.orchestrator;

import emporium.contracts.Refusal;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.saga.Saga;
import java.time.Duration;
import java.util.Optional;

/** From a placed order to an approved one, or to a rejected or cancelled one that holds neither stock nor money. */
final class CreateOrder {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration IN_ALL = Duration.ofMinutes(15);

    /** Asks for everything at once; the pivot is that customer, stock and money have all said yes. */
    static final Saga<OrderDraft> DEFINITION = Saga.named("create-order", OrderDraft.class)
            .version(2)
            .onRefusal(OrderDraft::refused)
            .onFailure(OrderDraft::failed)
            .onCancel(OrderDraft::cancelled)
            .deadline(IN_ALL)
            .step("order", s -> s.compensate(OrderDraft::closeOrder).deadline(SOON))
            .step("customer", s -> s.send(OrderDraft::authorizeCustomer).deadline(SOON))
            .alongside("shopping-list", s -> s.send(OrderDraft::createList)
                    .onReply(ShoppingListCreated.class, OrderDraft::withList)
                    .compensate(OrderDraft::cancelList)
                    .deadline(SOON))
            .alongside("payment", s -> s.send(OrderDraft::confirmPayment)
                    .compensate(OrderDraft::releasePayment)
                    .pivot()
                    .deadline(SOON))
            // Not beside the approval: whoever sees an order approved may hand its list to a bot.
            .step("shopping", s -> s.send(OrderDraft::initiateShopping).deadline(SOON))
            .step("approval", s -> s.send(OrderDraft::approveOrder).deadline(SOON));

    /** As it was first released, one step after the other. Kept for the sagas that began with it. */
    static final Saga<OrderDraft> V1 = Saga.named("create-order", OrderDraft.class)
            .version(1)
            .onRefusal(OrderDraft::refused)
            .onFailure(OrderDraft::failed)
            .onCancel(OrderDraft::cancelled)
            .deadline(IN_ALL)
            .step("order", s -> s.compensate(OrderDraft::closeOrder).deadline(SOON))
            .step("customer", s -> s.send(OrderDraft::authorizeCustomer).deadline(SOON))
            .step("shopping-list", s -> s.send(OrderDraft::createList)
                    .onReply(ShoppingListCreated.class, OrderDraft::withList)
                    .compensate(OrderDraft::cancelList)
                    .deadline(SOON))
            .step("payment", s -> s.send(OrderDraft::confirmPayment)
                    .compensate(OrderDraft::releasePayment)
                    .pivot()
                    .deadline(SOON))
            .step("shopping", s -> s.send(OrderDraft::initiateShopping).deadline(SOON))
            .step("approval", s -> s.send(OrderDraft::approveOrder).deadline(SOON));

    private CreateOrder() {}

    /** What the engine has to know of the mall's replies: which of them are a no, and why. */
    static Optional<String> refusal(Object reply) {
        return reply instanceof Refusal refusal ? Optional.of(refusal.reason()) : Optional.empty();
    }
}
