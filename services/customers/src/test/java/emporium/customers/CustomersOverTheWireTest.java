package emporium.customers;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.WireTypes;
import emporium.contracts.customers.AuthorizeCustomer;
import emporium.contracts.customers.CustomerAuthorized;
import emporium.contracts.customers.CustomerDisabled;
import emporium.contracts.customers.CustomerUnknown;
import emporium.contracts.customers.CustomersCommand;
import emporium.contracts.customers.CustomersReply;
import emporium.messaging.Endpoint;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** Commands sent by another endpoint through JetStream, handled on PostgreSQL. */
@QuarkusTest
class CustomersOverTheWireTest {

    @Inject
    Asker asker;

    @Inject
    Customers customers;

    @Inject
    CustomersCommands commands;

    @Inject
    SessionFactory sessions;

    @Inject
    MessageIds ids;

    @Test
    void a_customer_is_authorised_unless_unknown_or_disabled() {
        var ann = registered(true);
        var bob = registered(false);
        var nobody = UUID.randomUUID();

        assertEquals(new CustomerAuthorized(ann), asker.ask(new AuthorizeCustomer(ann)));
        assertEquals(new CustomerDisabled(bob), asker.ask(new AuthorizeCustomer(bob)));
        assertEquals(new CustomerUnknown(nobody), asker.ask(new AuthorizeCustomer(nobody)));
    }

    @Test
    void a_batch_is_answered_by_one_query() {
        var batch = Stream.generate(() -> registered(true))
                .limit(20)
                .map(customer -> (CustomersCommand) new AuthorizeCustomer(customer))
                .toList();

        assertEquals(1, statementsOf(() -> {
            commands.prefetch(batch);
            batch.forEach(commands::handle);
        }));
    }

    private UUID registered(boolean enabled) {
        var customer = Customer.registered(ids.next(), "Ann", "ann@example.org", "+4912345");
        customer.enable(enabled);
        QuarkusTransaction.requiringNew().run(() -> customers.persist(customer));
        return customer.id();
    }

    private long statementsOf(Runnable work) {
        var statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        var before = statistics.getPrepareStatementCount();
        QuarkusTransaction.requiringNew().run(work);
        return statistics.getPrepareStatementCount() - before;
    }

    /** An endpoint that sends commands to customers and waits for the replies. */
    @Singleton
    static class Asker {

        private final Map<UUID, CustomersReply> replies = new ConcurrentHashMap<>();

        @Inject
        @OwnedBy("asker")
        Outbox outbox;

        @Inject
        MessageIds ids;

        @Produces
        @Singleton
        @OwnedBy("asker")
        Endpoint endpoint() {
            return Endpoint.named("asker")
                    .wire(WireTypes.of(CustomersCommand.class, CustomersReply.class))
                    .replyBatches(CustomersReply.class, batch -> batch.forEach(this::keep))
                    .build();
        }

        CustomersReply ask(CustomersCommand command) {
            var id = ids.next();
            QuarkusTransaction.requiringNew().run(() -> outbox.send(id, id, command));
            return await().until(() -> replies.get(id), reply -> reply != null);
        }

        private void keep(Received<CustomersReply> reply) {
            replies.put(reply.envelope().causationId(), reply.body());
        }
    }
}
