package emporium.search;

import emporium.contracts.Money;
import emporium.contracts.WireTypes;
import emporium.contracts.customers.CustomerChanged;
import emporium.contracts.customers.CustomerFound;
import emporium.contracts.customers.CustomerNotFound;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.CustomersEvent;
import emporium.contracts.customers.CustomersQuery;
import emporium.contracts.customers.FindCustomer;
import emporium.contracts.ordering.FindOrders;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderFound;
import emporium.contracts.ordering.OrderLine;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.ordering.OrderingAnswer;
import emporium.contracts.ordering.OrderingEvent;
import emporium.contracts.ordering.OrderingQuery;
import emporium.contracts.ordering.OrdersFound;
import emporium.messaging.Endpoint;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Those whom search listens to and asks, over the real broker: {@code ordering} and {@code customers}. */
@Singleton
class Neighbours {
    private final Outbox ordering;
    private final Outbox customers;
    private final MessageIds ids;

    /** What ordering knows, by ids as PostgreSQL sorts them. */
    final ConcurrentSkipListMap<String, OrderFound> orders = new ConcurrentSkipListMap<>();

    final Map<UUID, CustomerChanged> registered = new ConcurrentHashMap<>();
    /** Runs before ordering answers. */
    volatile Runnable meanwhile = () -> {};

    Neighbours(@OwnedBy("ordering") Outbox ordering, @OwnedBy("customers") Outbox customers, MessageIds ids) {
        this.ordering = ordering;
        this.customers = customers;
        this.ids = ids;
    }

    /** A customer of whom no event has told; its owner answers for it. */
    CustomerChanged registers(String name) {
        var customer = new CustomerChanged(ids.next(), 1, name, "someone@example.org", "+4912345678", true);
        registered.put(customer.customer(), customer);
        return customer;
    }

    void tell(CustomerChanged customer) {
        registered.put(customer.customer(), customer);
        QuarkusTransaction.requiringNew().run(() -> customers.publish(customer.customer(), customer));
    }

    /** Ordering has this order from now on, and tells of it. */
    OrderCreated tell(OrderCreated order) {
        has(order, Changes.firstOf(order));
        QuarkusTransaction.requiringNew().run(() -> ordering.publish(order.order(), order));
        return order;
    }

    void tell(OrderCreated order, OrderChanged change) {
        has(order, change);
        QuarkusTransaction.requiringNew().run(() -> ordering.publish(order.order(), change));
    }

    /** Ordering knows it, and has told nobody. */
    void has(OrderCreated order, OrderChanged change) {
        orders.merge(
                order.order().toString(),
                new OrderFound(order, change),
                (one, other) -> one.now().version() < other.now().version() ? other : one);
    }

    OrderCreated order(UUID customer, Instant at, OrderLine... lines) {
        var total = List.of(lines).stream()
                .map(line -> line.price().times(line.quantity()))
                .reduce(Money::plus)
                .orElseThrow();
        return new OrderCreated(ids.next(), customer, ids.next(), List.of(lines), total, at);
    }

    OrderLine line(String product, String store, long amount) {
        return new OrderLine(ids.next(), product, ids.next(), store, new Money(amount, "EUR"), 1);
    }

    static OrderChanged changed(OrderCreated order, long version, OrderStatus status, String reason) {
        return new OrderChanged(
                order.order(),
                version,
                status,
                reason,
                order.customer(),
                order.payment(),
                null,
                null,
                order.total(),
                order.at().plusSeconds(version));
    }

    @Produces
    @Singleton
    @OwnedBy("ordering")
    Endpoint orderingEndpoint(Neighbours neighbours) {
        return Endpoint.named("ordering")
                .wire(WireTypes.of(OrderingEvent.class, OrderingQuery.class, OrderingAnswer.class))
                .queries(OrderingQuery.class, neighbours::answer)
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

    private OrderingAnswer answer(OrderingQuery query) {
        return switch (query) {
            case FindOrders(var after, var limit) -> {
                meanwhile.run();
                yield new OrdersFound(orders.tailMap(after.toString(), false).values().stream()
                        .limit(limit)
                        .toList());
            }
        };
    }

    private CustomersAnswer answer(CustomersQuery query) {
        return switch (query) {
            case FindCustomer(var customer) -> {
                var found = registered.get(customer);
                yield found == null ? new CustomerNotFound(customer) : new CustomerFound(found);
            }
        };
    }
}
