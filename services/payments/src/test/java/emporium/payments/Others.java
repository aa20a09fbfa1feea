package emporium.payments;

import static org.awaitility.Awaitility.await;

import emporium.contracts.WireTypes;
import emporium.contracts.ordering.OrderingEvent;
import emporium.contracts.payments.InvoiceChanged;
import emporium.contracts.payments.PaymentsCommand;
import emporium.contracts.payments.PaymentsEvent;
import emporium.contracts.payments.PaymentsReply;
import emporium.messaging.Endpoint;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Whom payments talks with: sends commands and awaits the replies, tells of orders, hears of invoices. */
@Singleton
class Others {

    private final Map<UUID, PaymentsReply> replies = new ConcurrentHashMap<>();
    private final Queue<InvoiceChanged> heard = new ConcurrentLinkedQueue<>();

    @Inject
    @OwnedBy("ordering")
    Outbox outbox;

    @Inject
    MessageIds ids;

    @Produces
    @Singleton
    @OwnedBy("ordering")
    Endpoint endpoint() {
        return Endpoint.named("ordering")
                .wire(WireTypes.of(
                        PaymentsCommand.class, PaymentsReply.class, PaymentsEvent.class, OrderingEvent.class))
                .replyBatches(PaymentsReply.class, batch -> batch.forEach(this::keep))
                .events("payments", PaymentsEvent.class, event -> heard.add((InvoiceChanged) event))
                .build();
    }

    PaymentsReply ask(PaymentsCommand command) {
        var id = ids.next();
        QuarkusTransaction.requiringNew().run(() -> outbox.send(id, id, command));
        return await().pollInterval(Duration.ofMillis(10)).until(() -> replies.get(id), reply -> reply != null);
    }

    void tell(UUID key, OrderingEvent... events) {
        QuarkusTransaction.requiringNew().run(() -> List.of(events).forEach(event -> outbox.publish(key, event)));
    }

    /** By version. */
    List<InvoiceChanged> heardOf(UUID order) {
        return heard.stream()
                .filter(changed -> changed.order().equals(order))
                .sorted(Comparator.comparing(InvoiceChanged::version))
                .toList();
    }

    private void keep(Received<PaymentsReply> reply) {
        replies.put(reply.envelope().causationId(), reply.body());
    }
}
