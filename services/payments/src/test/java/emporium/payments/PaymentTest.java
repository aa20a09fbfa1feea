package emporium.payments;

import static emporium.payments.Payment.Status.AUTHORIZED;
import static emporium.payments.Payment.Status.CAPTURED;
import static emporium.payments.Payment.Status.CONFIRMED;
import static emporium.payments.Payment.Status.REFUNDED;
import static emporium.payments.Payment.Status.VOIDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.Money;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.PaymentConfirmed;
import emporium.contracts.payments.PaymentDeclined;
import emporium.contracts.payments.PaymentsReply;
import emporium.payments.Transfer.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private static final Money TEN = new Money(1000, "EUR");
    private static final Money EIGHT = new Money(800, "EUR");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final UUID ann = UUID.randomUUID();
    private final UUID next = UUID.randomUUID();
    private final UUID order = UUID.randomUUID();
    private final UUID otherOrder = UUID.randomUUID();
    private final Payment payment = Payment.authorized(UUID.randomUUID(), ann, TEN, "approve", "test-1");

    @Test
    void a_payment_that_covers_the_order_is_bound_to_it() {
        assertEquals(new PaymentConfirmed(order, payment.id()), confirm(order, ann, new Money(999, "EUR")));

        assertEquals(CONFIRMED, payment.status());
        assertEquals(order, payment.orderId());
    }

    @Test
    void confirming_again_for_the_same_order_gives_the_same_answer() {
        var first = confirm(order, ann, TEN);

        assertEquals(first, confirm(order, ann, TEN));
        assertEquals(CONFIRMED, payment.status());
    }

    @Test
    void a_payment_serves_one_order_only() {
        confirm(order, ann, TEN);

        assertDeclined("was used for another order", confirm(otherOrder, ann, TEN));
        assertEquals(order, payment.orderId());
    }

    @Test
    void a_payment_serves_its_customer_only() {
        assertDeclined("belongs to another customer", confirm(order, UUID.randomUUID(), TEN));
        assertFree();
    }

    @Test
    void a_payment_that_is_too_small_says_both_amounts() {
        assertDeclined("10.00 EUR does not cover 10.01 EUR", confirm(order, ann, new Money(1001, "EUR")));
        assertFree();
    }

    @Test
    void a_payment_in_another_currency_covers_nothing() {
        assertDeclined("10.00 EUR does not cover 0.01 USD", confirm(order, ann, new Money(1, "USD")));
        assertFree();
    }

    @Test
    void a_released_payment_is_free_for_another_order() {
        confirm(order, ann, TEN);
        payment.release(order);
        assertFree();

        assertInstanceOf(PaymentConfirmed.class, confirm(otherOrder, ann, TEN));
    }

    @Test
    void a_confirm_that_was_overtaken_by_its_release_is_declined() {
        payment.release(order);

        assertDeclined("was released from this order", confirm(order, ann, TEN));
        assertFree();
    }

    @Test
    void a_release_for_another_order_leaves_the_payment_bound() {
        confirm(order, ann, TEN);
        payment.release(otherOrder);

        assertEquals(order, payment.orderId());
        assertEquals(CONFIRMED, payment.status());
    }

    @Test
    void releasing_again_changes_nothing_for_the_order_that_has_it_now() {
        confirm(order, ann, TEN);
        payment.release(order);
        confirm(otherOrder, ann, TEN);

        payment.release(order);

        assertEquals(otherOrder, payment.orderId());
    }

    @Test
    void what_is_held_becomes_what_is_taken_and_the_rest_is_let_go() {
        confirm(order, ann, TEN);

        assertEquals(Kind.CAPTURE, payment.capture(next, EIGHT, NOON).kind());
        assertEquals(Optional.empty(), payment.captured(EIGHT, "c1", next, NOON));

        assertEquals(CAPTURED, payment.status());
        assertAmounts(0, 800, 0);
    }

    @Test
    void a_declined_capture_leaves_all_as_it_was_and_can_be_tried_again() {
        confirm(order, ann, TEN);
        payment.capture(next, EIGHT, NOON);

        assertEquals(Optional.empty(), payment.captureDeclined(next, NOON));

        assertEquals(CONFIRMED, payment.status());
        assertAmounts(1000, 0, 0);
        payment.capture(next, EIGHT, NOON);
    }

    @Test
    void a_payment_is_taken_once_at_a_time_and_only_when_it_is_bound() {
        assertThrows(IllegalStateException.class, () -> payment.capture(next, EIGHT, NOON));
        confirm(order, ann, TEN);
        payment.capture(next, EIGHT, NOON);

        assertThrows(IllegalStateException.class, () -> payment.capture(next, EIGHT, NOON));
    }

    @Test
    void what_was_not_taken_is_voided_and_nothing_is_held_when_the_gateway_has_done_it() {
        confirm(order, ann, TEN);

        assertTold(Kind.VOID, TEN, payment.giveBack(order, next, NOON));
        assertEquals(VOIDED, payment.status());
        assertAmounts(1000, 0, 0);

        payment.letGo();
        assertAmounts(0, 0, 0);
    }

    @Test
    void what_was_taken_is_refunded() {
        confirm(order, ann, TEN);
        payment.capture(next, EIGHT, NOON);
        payment.captured(EIGHT, "c1", next, NOON);

        assertTold(Kind.REFUND, EIGHT, payment.giveBack(order, next, NOON));
        assertEquals(REFUNDED, payment.status());

        payment.refunded(EIGHT);
        assertAmounts(0, 800, 800);
    }

    @Test
    void giving_back_again_tells_the_gateway_nothing() {
        confirm(order, ann, TEN);
        payment.giveBack(order, next, NOON);

        assertEquals(Optional.empty(), payment.giveBack(order, next, NOON));
        payment.release(order);
        assertEquals(VOIDED, payment.status());
    }

    @Test
    void giving_back_for_another_order_leaves_the_payment_bound() {
        confirm(order, ann, TEN);

        assertEquals(Optional.empty(), payment.giveBack(otherOrder, next, NOON));
        assertEquals(CONFIRMED, payment.status());
    }

    @Test
    void given_back_while_it_is_being_taken_it_is_refunded_after() {
        confirm(order, ann, TEN);
        payment.capture(next, EIGHT, NOON);

        assertEquals(Optional.empty(), payment.giveBack(order, next, NOON));
        assertEquals(CONFIRMED, payment.status());

        assertTold(Kind.REFUND, EIGHT, payment.captured(EIGHT, "c1", next, NOON));
        assertEquals(REFUNDED, payment.status());
    }

    @Test
    void given_back_while_its_capture_is_being_declined_it_is_voided_after() {
        confirm(order, ann, TEN);
        payment.capture(next, EIGHT, NOON);
        payment.giveBack(order, next, NOON);

        assertTold(Kind.VOID, TEN, payment.captureDeclined(next, NOON));
        assertEquals(VOIDED, payment.status());
    }

    @Test
    void a_payment_given_back_cannot_be_confirmed_or_taken_any_more() {
        confirm(order, ann, TEN);
        payment.giveBack(order, next, NOON);

        assertDeclined("was released from this order", confirm(order, ann, TEN));
        assertDeclined("was used for another order", confirm(otherOrder, ann, TEN));
        assertThrows(IllegalStateException.class, () -> payment.capture(next, EIGHT, NOON));
    }

    @Test
    void a_bound_payment_cannot_be_bound_behind_the_objection() {
        payment.confirm(order);

        var refused = assertThrows(IllegalStateException.class, () -> payment.confirm(otherOrder));
        assertTrue(refused.getMessage().contains("is CONFIRMED and cannot become CONFIRMED"));
    }

    private PaymentsReply confirm(UUID order, UUID customer, Money total) {
        return PaymentsCommands.confirm(payment, new ConfirmPayment(order, payment.id(), customer, total));
    }

    private void assertAmounts(long held, long captured, long refunded) {
        assertEquals(new Money(held, "EUR"), payment.held());
        assertEquals(new Money(captured, "EUR"), payment.captured());
        assertEquals(new Money(refunded, "EUR"), payment.refunded());
    }

    private static void assertTold(Kind kind, Money amount, Optional<Transfer> transfer) {
        assertEquals(kind, transfer.orElseThrow().kind());
        assertEquals(amount, transfer.orElseThrow().amount());
    }

    private void assertFree() {
        assertEquals(AUTHORIZED, payment.status());
        assertNull(payment.orderId());
    }

    private static void assertDeclined(String reason, PaymentsReply reply) {
        var declined = assertInstanceOf(PaymentDeclined.class, reply);
        assertTrue(declined.reason().contains(reason), declined.reason());
    }
}
