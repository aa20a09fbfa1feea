package emporium.payments;

import static emporium.payments.Payment.Status.AUTHORIZED;
import static emporium.payments.Payment.Status.CONFIRMED;
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
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private static final Money TEN = new Money(1000, "EUR");

    private final UUID ann = UUID.randomUUID();
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
    void a_bound_payment_cannot_be_bound_behind_the_objection() {
        payment.confirm(order);

        var refused = assertThrows(IllegalStateException.class, () -> payment.confirm(otherOrder));
        assertTrue(refused.getMessage().contains("is CONFIRMED and cannot become CONFIRMED"));
    }

    private PaymentsReply confirm(UUID order, UUID customer, Money total) {
        return PaymentsCommands.confirm(payment, new ConfirmPayment(order, payment.id(), customer, total));
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
