package emporium.notifications;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderCancelRequested;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderingEvent;
import emporium.messaging.Received;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a customer is to be told, and because of which event. */
record Notice(UUID event, UUID order, UUID customer, Occasion occasion, Facts facts) {

    /**
     * What a letter tells.
     *
     * @param lines empty except for a new order
     * @param reason null where there is none
     */
    record Facts(Money total, List<OrderLine> lines, String reason) {}

    /** What an event tells the customer, if anything. */
    static Optional<Notice> of(Received<OrderingEvent> event) {
        var id = event.envelope().id();
        return switch (event.body()) {
            case OrderCreated c ->
                Optional.of(new Notice(
                        id, c.order(), c.customer(), Occasion.CREATED, new Facts(c.total(), c.lines(), null)));
            case OrderChanged c ->
                Occasion.of(c.status())
                        .map(occasion -> new Notice(
                                id, c.order(), c.customer(), occasion, new Facts(c.total(), List.of(), c.reason())));
            case OrderCancelRequested wish -> Optional.empty();
        };
    }
}
