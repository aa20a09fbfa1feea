package emporium.payments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import emporium.contracts.Money;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.PaymentConfirmed;
import emporium.contracts.payments.PaymentDeclined;
import emporium.contracts.payments.PaymentReleased;
import emporium.contracts.payments.PaymentsCommand;
import emporium.contracts.payments.PaymentsReply;
import emporium.contracts.payments.ReleasePayment;
import emporium.messaging.MessageIds;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

/** Commands sent by another endpoint through JetStream, handled on PostgreSQL. */
@QuarkusTest
class PaymentsOverTheWireTest {

    private static final Money TEN = new Money(1000, "EUR");

    @Inject
    Others others;

    @Inject
    Payments payments;

    @Inject
    PaymentsCommands commands;

    @Inject
    SessionFactory sessions;

    @Inject
    MessageIds ids;

    private final UUID ann = UUID.randomUUID();
    private final UUID order = UUID.randomUUID();

    @Test
    void a_payment_is_confirmed_for_one_order_and_released_again() {
        var payment = authorized();
        var confirmed = new PaymentConfirmed(order, payment);

        assertEquals(confirmed, others.ask(new ConfirmPayment(order, payment, ann, TEN)));
        assertEquals(confirmed, others.ask(new ConfirmPayment(order, payment, ann, TEN)));
        assertEquals(order, orderOf(payment));
        assertInstanceOf(PaymentDeclined.class, others.ask(new ConfirmPayment(UUID.randomUUID(), payment, ann, TEN)));

        assertEquals(new PaymentReleased(order, payment), others.ask(new ReleasePayment(order, payment)));
        assertNull(orderOf(payment));
    }

    @Test
    void a_release_that_overtakes_its_confirm_wins() {
        var payment = authorized();

        assertEquals(new PaymentReleased(order, payment), others.ask(new ReleasePayment(order, payment)));
        assertInstanceOf(PaymentDeclined.class, others.ask(new ConfirmPayment(order, payment, ann, TEN)));
        assertNull(orderOf(payment));

        var another = UUID.randomUUID();
        assertEquals(
                new PaymentConfirmed(another, payment), others.ask(new ConfirmPayment(another, payment, ann, TEN)));
    }

    @Test
    void an_unknown_payment_is_declined_and_can_be_released() {
        var nobodys = UUID.randomUUID();

        assertEquals(
                new PaymentDeclined(nobodys, "There is no payment " + nobodys + "."),
                others.ask(new ConfirmPayment(order, nobodys, ann, TEN)));
        assertEquals(new PaymentReleased(order, nobodys), others.ask(new ReleasePayment(order, nobodys)));
    }

    @Test
    void a_batch_is_loaded_by_one_query_and_written_by_one_update() {
        var all = Stream.generate(this::authorized).limit(20).toList();
        var batch = all.stream()
                .map(payment -> (PaymentsCommand) new ConfirmPayment(UUID.randomUUID(), payment, ann, TEN))
                .toList();

        assertEquals(2, statementsOf(() -> handle(batch)));
    }

    @Test
    void of_two_orders_in_one_batch_the_first_gets_the_payment() {
        var payment = authorized();
        var replies = QuarkusTransaction.requiringNew()
                .call(() -> handle(List.of(
                        new ReleasePayment(order, payment),
                        new ConfirmPayment(order, payment, ann, TEN),
                        new ConfirmPayment(ann, payment, ann, TEN),
                        new ConfirmPayment(payment, payment, ann, TEN))));

        assertEquals(
                List.of(PaymentReleased.class, PaymentDeclined.class, PaymentConfirmed.class, PaymentDeclined.class),
                replies.stream().map(Object::getClass).toList());
    }

    private List<PaymentsReply> handle(List<PaymentsCommand> batch) {
        commands.prefetch(batch);
        return batch.stream().map(commands::handle).toList();
    }

    private long statementsOf(Runnable work) {
        var statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        var before = statistics.getPrepareStatementCount();
        QuarkusTransaction.requiringNew().run(work);
        return statistics.getPrepareStatementCount() - before;
    }

    private UUID authorized() {
        var payment = Payment.authorized(ids.next(), ann, TEN, "approve", "test");
        QuarkusTransaction.requiringNew().run(() -> payments.persist(payment));
        return payment.id();
    }

    private UUID orderOf(UUID payment) {
        return QuarkusTransaction.requiringNew()
                .call(() -> payments.get(payment).orderId());
    }
}
