package emporium.notifications;

import emporium.contracts.Money;
import emporium.contracts.WireTypes;
import emporium.contracts.customers.CustomerChanged;
import emporium.contracts.customers.CustomerFound;
import emporium.contracts.customers.CustomerNotFound;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.CustomersEvent;
import emporium.contracts.customers.CustomersQuery;
import emporium.contracts.customers.FindCustomer;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.OrderingEvent;
import emporium.messaging.Endpoint;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Those whom notifications listens to, over the real broker: {@code ordering} and {@code customers}. */
@Singleton
class Neighbours {
    static final Money TOTAL = new Money(3998, "EUR");

    private final Outbox ordering;
    private final Outbox customers;
    private final MessageIds ids;
    private final InstantSource clock;

    private final Map<UUID, CustomerChanged> registered = new ConcurrentHashMap<>();
    final AtomicInteger asked = new AtomicInteger();
    volatile boolean customersAway;

    Neighbours(
            @OwnedBy("ordering") Outbox ordering,
            @OwnedBy("customers") Outbox customers,
            MessageIds ids,
            InstantSource clock) {
        this.ordering = ordering;
        this.customers = customers;
        this.ids = ids;
        this.clock = clock;
    }

    /** A customer of whom no event has told; its owner answers for it. */
    CustomerChanged registers(String name, String email) {
        var customer = new CustomerChanged(ids.next(), 1, name, email, "+4912345678", true);
        registered.put(customer.customer(), customer);
        return customer;
    }

    void tell(CustomerChanged customer) {
        QuarkusTransaction.requiringNew().run(() -> customers.publish(customer.customer(), customer));
    }

    void tell(OrderCreated created) {
        QuarkusTransaction.requiringNew().run(() -> ordering.publish(created.order(), created));
    }

    void tell(OrderChanged changed) {
        QuarkusTransaction.requiringNew().run(() -> ordering.publish(changed.order(), changed));
    }

    OrderCreated created(UUID customer) {
        var lamp = new OrderLine(ids.next(), "Lamp", ids.next(), "Lights & Co", new Money(1999, "EUR"), 2);
        return new OrderCreated(ids.next(), customer, ids.next(), List.of(lamp), TOTAL, clock.instant());
    }

    OrderChanged changed(OrderCreated order, long version, OrderStatus status, String reason) {
        return new OrderChanged(
                order.order(),
                version,
                status,
                reason,
                order.customer(),
                order.payment(),
                null,
                null,
                TOTAL,
                clock.instant());
    }

    @Produces
    @Singleton
    @OwnedBy("ordering")
    Endpoint orderingEndpoint() {
        return Endpoint.named("ordering")
                .wire(WireTypes.of(OrderingEvent.class))
                .build();
    }

    @Produces
    @Singleton
    @OwnedBy("customers")
    Endpoint customersEndpoint(Neighbours neighbours) {
        return Endpoint.named("customers")
                .wire(WireTypes.of(CustomersEvent.class, CustomersQuery.class, CustomersAnswer.class))
                .queries(CustomersQuery.class, neighbours::answer)
                .build();
    }

    private CustomersAnswer answer(CustomersQuery query) {
        return switch (query) {
            case FindCustomer(var customer) -> {
                asked.incrementAndGet();
                if (customersAway) {
                    throw new IllegalStateException("customers is away");
                }
                var found = registered.get(customer);
                yield found == null ? new CustomerNotFound(customer) : new CustomerFound(found);
            }
        };
    }
}
