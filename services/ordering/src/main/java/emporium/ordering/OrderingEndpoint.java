package emporium.ordering;

import emporium.contracts.WireTypes;
import emporium.contracts.baskets.BasketsEvent;
import emporium.contracts.depot.DepotEvent;
import emporium.contracts.ordering.OrderingAnswer;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.OrderingEvent;
import emporium.contracts.ordering.OrderingQuery;
import emporium.contracts.ordering.OrderingReply;
import emporium.contracts.payments.PaymentsEvent;
import emporium.contracts.stores.StoresAnswer;
import emporium.contracts.stores.StoresEvent;
import emporium.contracts.stores.StoresQuery;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** All that ordering hears and says. */
@Singleton
class OrderingEndpoint {
    @Produces
    @Singleton
    @OwnedBy("ordering")
    Endpoint endpoint(OrderingCommands commands, OrderingEvents events, OrderingQueries queries, Catalogue catalogue) {
        return Endpoint.named("ordering")
                .wire(WireTypes.of(OrderingCommand.class, OrderingReply.class, OrderingEvent.class))
                .wire(WireTypes.of(OrderingQuery.class, OrderingAnswer.class))
                .wire(WireTypes.of(BasketsEvent.class, DepotEvent.class, PaymentsEvent.class))
                .wire(WireTypes.of(StoresEvent.class, StoresQuery.class, StoresAnswer.class))
                .migrations("db/rest", "db/eventsourcing", "db/ordering")
                .commands(OrderingCommand.class, commands::prefetch, commands::handle)
                .queries(OrderingQuery.class, queries::answer)
                .events("baskets", BasketsEvent.class, events::prefetchBaskets, events::hear)
                .events("depot", DepotEvent.class, events::prefetchLists, events::hear)
                .events("payments", PaymentsEvent.class, events::prefetchInvoices, events::hear)
                .eventBatches(
                        "stores",
                        StoresEvent.class,
                        batch -> catalogue.take(
                                batch.stream().map(Received::body).toList()))
                .build();
    }
}
