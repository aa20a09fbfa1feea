package emporium.payments;

import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.PaymentConfirmed;
import emporium.contracts.payments.PaymentDeclined;
import emporium.contracts.payments.PaymentReleased;
import emporium.contracts.payments.PaymentReturned;
import emporium.contracts.payments.PaymentsCommand;
import emporium.contracts.payments.PaymentsReply;
import emporium.contracts.payments.ReleasePayment;
import emporium.contracts.payments.ReturnPayment;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Binds payments to orders, frees them and gives them back. Doing it again changes nothing and answers the same. */
@Singleton
class PaymentsCommands {

    private final Payments payments;
    private final Cashier cashier;

    PaymentsCommands(Payments payments, Cashier cashier) {
        this.payments = payments;
        this.cashier = cashier;
    }

    void prefetch(List<PaymentsCommand> commands) {
        cashier.fetch(commands.stream().map(PaymentsCommands::paymentOf).toList());
    }

    PaymentsReply handle(PaymentsCommand command) {
        return switch (command) {
            case ConfirmPayment confirm ->
                payments.findByIdOptional(confirm.payment())
                        .map(payment -> confirm(payment, confirm))
                        .orElseGet(() -> unknown(confirm.payment()));
            case ReleasePayment release -> {
                // One that is not there cannot be confirmed later either: ids are made here, before any order knows
                // them.
                payments.findByIdOptional(release.payment()).ifPresent(payment -> payment.release(release.order()));
                yield new PaymentReleased(release.order(), release.payment());
            }
            case ReturnPayment back -> {
                // Promised from here on: what the gateway is to be told commits together with this reply.
                payments.findByIdOptional(back.payment()).ifPresent(payment -> cashier.giveBack(payment, back.order()));
                yield new PaymentReturned(back.order(), back.payment());
            }
        };
    }

    static PaymentsReply confirm(Payment payment, ConfirmPayment command) {
        var objection = payment.objection(command.order(), command.customer(), command.amount());
        if (objection.isPresent()) {
            return new PaymentDeclined(payment.id(), objection.get());
        }
        payment.confirm(command.order());
        return new PaymentConfirmed(command.order(), payment.id());
    }

    private static PaymentsReply unknown(UUID payment) {
        return new PaymentDeclined(payment, "There is no payment " + payment + ".");
    }

    private static UUID paymentOf(PaymentsCommand command) {
        return switch (command) {
            case ConfirmPayment confirm -> confirm.payment();
            case ReleasePayment release -> release.payment();
            case ReturnPayment back -> back.payment();
        };
    }
}
