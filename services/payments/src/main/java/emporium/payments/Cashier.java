package emporium.payments;

import static emporium.contracts.payments.InvoiceStatus.CANCELLED;
import static emporium.contracts.payments.InvoiceStatus.ISSUED;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderChanged;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.payments.PaymentGateway.Verdict;
import emporium.payments.PaymentGateway.Verdict.Approved;
import emporium.payments.PaymentGateway.Verdict.Declined;
import emporium.rest.Problem;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that happens to the money of an order: invoiced, paid, given back. Works inside the caller's transaction, under
 * the lock of the payment, so that of two who want different things one sees what the other has decided. Never talks
 * to the gateway: it records what the gateway is to be told, and books what it has answered.
 */
@Singleton
class Cashier {

    private final Payments payments;
    private final Invoices invoices;
    private final Transfers transfers;
    private final Outbox outbox;
    private final MessageIds ids;
    private final InstantSource clock;

    Cashier(
            Payments payments,
            Invoices invoices,
            Transfers transfers,
            @OwnedBy("payments") Outbox outbox,
            MessageIds ids,
            InstantSource clock) {
        this.payments = payments;
        this.invoices = invoices;
        this.transfers = transfers;
        this.outbox = outbox;
        this.ids = ids;
        this.clock = clock;
    }

    /** The payment's row, locked, of an invoice that may have changed before the lock was had. */
    record Bill(Payment payment, Invoice invoice) {}

    /** Locks and loads what a batch is about, with two queries at most. */
    void fetch(Collection<UUID> paymentIds) {
        var theirs = payments.lock(paymentIds.stream().distinct().toList()).stream()
                .map(Payment::invoiceId)
                .filter(invoice -> invoice != null)
                .toList();
        if (!theirs.isEmpty()) {
            invoices.list("id in ?1", theirs);
        }
    }

    /** Bills the order for its total, unless that was done, or its money is not here any more. */
    void issue(OrderChanged order) {
        var payment = payments.findByIdOptional(order.payment())
                .orElseThrow(() -> new IllegalStateException("There is no payment " + order.payment() + "."));
        if (payment.hasLeft(order.order())) {
            return;
        }
        if (!order.order().equals(payment.orderId())) {
            throw new IllegalStateException("The payment %s is bound to %s and not to the order %s, which is ready."
                    .formatted(payment.id(), payment.orderId(), order.order()));
        }
        if (payment.invoiceId() == null) {
            var invoice = Invoice.issued(ids.next(), payment, order.total(), clock.instant());
            payment.invoiced(invoice.id());
            invoices.persist(invoice);
            tell(invoice);
        }
    }

    Invoice adjust(UUID id, Money to) {
        var bill = openBill(id);
        if (!bill.payment().amount().covers(to)) {
            throw Problem.refused("The invoice cannot become %s: only %s were authorised."
                    .formatted(to, bill.payment().amount()));
        }
        if (!to.equals(bill.invoice().amount())) {
            bill.invoice().adjust(to, clock.instant());
            tell(bill.invoice());
        }
        return bill.invoice();
    }

    /** Nobody has to pay it: what is held for it is let go. */
    Invoice cancel(UUID id) {
        var bill = openBill(id);
        giveBack(bill.payment(), bill.invoice().orderId());
        return bill.invoice();
    }

    /** Begins to take the money for an invoice; the caller then lets the gateway do it. */
    Transfer beginToPay(UUID id) {
        var bill = openBill(id);
        var now = clock.instant();
        var capture = bill.payment().capture(ids.next(), bill.invoice().amount(), now);
        capture.attempt(now);
        transfers.persist(capture);
        return capture;
    }

    /** Lets go or gives back what is held or was taken for the order, and cancels its invoice. */
    void giveBack(Payment payment, UUID order) {
        payment.giveBack(order, ids.next(), clock.instant()).ifPresent(transfers::record);
        if (!order.equals(payment.orderId()) || payment.invoiceId() == null) {
            return;
        }
        var invoice = invoices.get(payment.invoiceId());
        if (invoice.status() != CANCELLED) {
            invoice.cancel(clock.instant());
            tell(invoice);
        }
    }

    /** Writes down the gateway's answer, once. */
    Transfer book(Transfer asked, Verdict verdict) {
        var payment = payments.lock(List.of(asked.paymentId())).getFirst();
        var transfer = transfers.lock(asked.id());
        // Somebody else made another attempt because this one took so long, and was faster after all.
        if (transfer.isPending()) {
            switch (verdict) {
                case Approved(var id) -> approved(payment, transfer, id);
                case Declined(var reason) -> declined(payment, transfer, reason);
            }
        }
        return transfer;
    }

    private void approved(Payment payment, Transfer transfer, String gatewayId) {
        transfer.done();
        switch (transfer.kind()) {
            case CAPTURE -> {
                goOn(payment.captured(transfer.amount(), gatewayId, ids.next(), clock.instant()));
                paid(invoices.get(payment.invoiceId()));
            }
            case VOID -> payment.letGo();
            case REFUND -> payment.refunded(transfer.amount());
        }
    }

    /** Only captures are: the gateway has no right to keep what was given up. */
    private void declined(Payment payment, Transfer transfer, String reason) {
        transfer.declined(reason);
        goOn(payment.captureDeclined(ids.next(), clock.instant()));
    }

    private void goOn(Optional<Transfer> next) {
        next.ifPresent(transfers::record);
    }

    /** Unless it was cancelled while the gateway worked: then the money is on its way back. */
    private void paid(Invoice invoice) {
        if (invoice.status() == ISSUED) {
            invoice.paid(clock.instant());
            tell(invoice);
        }
    }

    private Bill openBill(UUID id) {
        var payment = payments.lock(List.of(invoices.paymentOf(id))).getFirst();
        var invoice = invoices.get(id);
        if (invoice.status() != ISSUED) {
            throw Problem.conflict("The invoice is " + invoice.status() + ".");
        }
        if (payment.isCapturing()) {
            throw Problem.collision("The invoice is being paid at this moment.");
        }
        return new Bill(payment, invoice);
    }

    private void tell(Invoice invoice) {
        outbox.publish(invoice.orderId(), invoice.told());
    }
}
