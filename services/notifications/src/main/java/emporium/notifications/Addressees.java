package emporium.notifications;

import emporium.contracts.customers.CustomerChanged;
import emporium.contracts.customers.CustomerFound;
import emporium.contracts.customers.CustomerNotFound;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.CustomersEvent;
import emporium.contracts.customers.FindCustomer;
import emporium.messaging.Database;
import emporium.messaging.OwnedBy;
import emporium.messaging.Queries;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The own copy of who the customers are, kept by events; one not yet heard of is asked for. */
@Singleton
class Addressees {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final Queries queries;

    Addressees(Database database, @OwnedBy("notifications") Queries queries) {
        this.database = database;
        this.queries = queries;
    }

    /** Takes over what customers tells, as part of the caller's transaction if there is one. */
    void take(Collection<? extends CustomersEvent> events) {
        // Of one customer only the newest is written, and all who write lock in one order.
        var newest = new TreeMap<UUID, CustomerChanged>();
        for (var event : events) {
            switch (event) {
                case CustomerChanged c ->
                    newest.merge(c.customer(), c, (one, other) -> one.version() < other.version() ? other : one);
            }
        }
        database.runForAll(newest.values(), """
                insert into notifications.addressee as known (id, version, name, email) values (?, ?, ?, ?)
                on conflict (id) do update
                set version = excluded.version, name = excluded.name, email = excluded.email
                where known.version < excluded.version""", (insert, customer) -> {
            insert.setObject(1, customer.customer());
            insert.setLong(2, customer.version());
            insert.setString(3, customer.name());
            insert.setString(4, customer.email());
        });
    }

    /**
     * Who the customer is. May wait for the owner to answer, and so must not be called inside a transaction.
     *
     * @throws Undeliverable if there is no such customer
     */
    Addressee get(UUID customer) {
        return find(customer).orElseGet(() -> ask(customer));
    }

    Optional<Addressee> find(UUID customer) {
        return Optional.ofNullable(find(List.of(customer)).get(customer));
    }

    /** Those of the customers who are known. */
    Map<UUID, Addressee> find(Collection<UUID> customers) {
        if (customers.isEmpty()) {
            return Map.of();
        }
        return database.run("select id, name, email from notifications.addressee where id = any(?)", select -> {
            select.setArray(1, Database.column(select, "uuid", customers, id -> id));
            try (var row = select.executeQuery()) {
                var known = new HashMap<UUID, Addressee>();
                while (row.next()) {
                    known.put(row.getObject(1, UUID.class), new Addressee(row.getString(2), row.getString(3)));
                }
                return known;
            }
        });
    }

    private Addressee ask(UUID id) {
        return switch (queries.ask(new FindCustomer(id), CustomersAnswer.class, PATIENCE)) {
            case CustomerFound(var customer) -> {
                take(List.of(customer));
                yield new Addressee(customer.name(), customer.email());
            }
            case CustomerNotFound none -> throw new Undeliverable("There is no customer " + id + ".");
        };
    }
}
