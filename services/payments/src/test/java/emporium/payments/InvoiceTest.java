package emporium.payments;

import static emporium.contracts.payments.InvoiceStatus.CANCELLED;
import static emporium.contracts.payments.InvoiceStatus.ISSUED;
import static emporium.contracts.payments.InvoiceStatus.PAID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.contracts.Money;
import emporium.contracts.payments.InvoiceChanged;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InvoiceTest {

    private static final Money TEN = new Money(1000, "EUR");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(1);

    private final UUID order = UUID.randomUUID();
    private final Invoice invoice = invoice();

    @Test
    void a_new_invoice_is_version_one_of_itself() {
        assertEquals(new InvoiceChanged(invoice.id(), 1, order, TEN, ISSUED, NOON), invoice.told());
    }

    @Test
    void each_change_counts_and_is_told_in_full() {
        invoice.adjust(new Money(900, "EUR"), NOON);
        invoice.paid(NOON);
        invoice.cancel(LATER);

        assertEquals(
                new InvoiceChanged(invoice.id(), 4, order, new Money(900, "EUR"), CANCELLED, LATER), invoice.told());
    }

    @Test
    void a_paid_invoice_is_not_adjusted_or_paid_again() {
        invoice.paid(NOON);

        assertThrows(IllegalStateException.class, () -> invoice.paid(LATER));
        assertThrows(IllegalStateException.class, () -> invoice.adjust(TEN, LATER));
        assertEquals(PAID, invoice.status());
    }

    @Test
    void a_cancelled_invoice_stays_so() {
        invoice.cancel(NOON);

        assertThrows(IllegalStateException.class, () -> invoice.paid(LATER));
        assertThrows(IllegalStateException.class, () -> invoice.adjust(TEN, LATER));
        assertThrows(IllegalStateException.class, () -> invoice.cancel(LATER));
    }

    private Invoice invoice() {
        var payment = Payment.authorized(UUID.randomUUID(), UUID.randomUUID(), TEN, "approve", "a1");
        payment.confirm(order);
        return Invoice.issued(UUID.randomUUID(), payment, TEN, NOON);
    }
}
