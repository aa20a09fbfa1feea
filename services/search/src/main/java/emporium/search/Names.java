package emporium.search;

import emporium.contracts.customers.CustomerFound;
import emporium.contracts.customers.CustomerNotFound;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.FindCustomer;
import emporium.messaging.OwnedBy;
import emporium.messaging.Queries;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Finds the names of customers of whom no event has told: orders show without them until then. */
@Singleton
class Names {
    private static final int BATCH = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Customers customers;
    private final Queries queries;

    Names(Customers customers, @OwnedBy("search") Queries queries) {
        this.customers = customers;
        this.queries = queries;
    }

    /**
     * Gives names to the orders of some customers and returns how many customers that were. Asks their owner, and so
     * must not be called inside a transaction.
     *
     * @throws emporium.messaging.QueryFailed when the owner does not answer
     */
    int fillOnce() {
        var nameless = customers.nameless(BATCH);
        // An order that was written at the very moment when its customer was heard of first.
        QuarkusTransaction.requiringNew().run(() -> customers.nameOrders(nameless));
        var unknown = customers.unknown(nameless);
        unknown.forEach(this::ask);
        return nameless.size();
    }

    private void ask(UUID id) {
        switch (queries.ask(new FindCustomer(id), CustomersAnswer.class, PATIENCE)) {
            case CustomerFound(var customer) ->
                QuarkusTransaction.requiringNew().run(() -> customers.take(List.of(customer)));
            case CustomerNotFound none -> QuarkusTransaction.requiringNew().run(() -> customers.nobody(id));
        }
    }
}
