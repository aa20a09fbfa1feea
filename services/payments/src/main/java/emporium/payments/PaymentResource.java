package emporium.payments;

import emporium.contracts.Money;
import emporium.messaging.MessageIds;
import emporium.payments.PaymentGateway.Verdict.Approved;
import emporium.payments.PaymentGateway.Verdict.Declined;
import emporium.rest.Answer;
import emporium.rest.Idempotency;
import emporium.rest.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Authorises payments at the gateway and shows what has become of them. */
@Path("/api/payments")
@RunOnVirtualThread
class PaymentResource {

    private final Payments payments;
    private final PaymentGateway gateway;
    private final Transfers transfers;
    private final Idempotency idempotency;
    private final MessageIds ids;

    PaymentResource(
            Payments payments, PaymentGateway gateway, Transfers transfers, Idempotency idempotency, MessageIds ids) {
        this.payments = payments;
        this.transfers = transfers;
        this.gateway = gateway;
        this.idempotency = idempotency;
        this.ids = ids;
    }

    record PaymentRequest(
            @NotNull UUID customerId,
            @NotNull Money amount,
            @NotNull String method) {}

    /** The amount is what was authorised; held, captured and refunded are what the gateway has done with it so far. */
    record PaymentView(
            UUID id,
            UUID customerId,
            Money amount,
            Payment.Status status,
            UUID orderId,
            UUID invoiceId,
            Money held,
            Money captured,
            Money refunded,
            List<TransferView> transfers) {
        private static PaymentView of(Payment payment, List<Transfer> transfers) {
            return new PaymentView(
                    payment.id(),
                    payment.customerId(),
                    payment.amount(),
                    payment.status(),
                    payment.orderId(),
                    payment.invoiceId(),
                    payment.held(),
                    payment.captured(),
                    payment.refunded(),
                    transfers.stream().map(TransferView::of).toList());
        }
    }

    /** What the gateway was told; the next attempt is null once it has answered. */
    record TransferView(
            UUID id,
            Transfer.Kind kind,
            Money amount,
            Transfer.Status status,
            String reason,
            int attempts,
            Instant recordedAt,
            Instant nextAttemptAt) {
        private static TransferView of(Transfer transfer) {
            return new TransferView(
                    transfer.id(),
                    transfer.kind(),
                    transfer.amount(),
                    transfer.status(),
                    transfer.reason(),
                    transfer.attempts(),
                    transfer.recordedAt(),
                    transfer.isPending() ? transfer.nextAttemptAt() : null);
        }
    }

    @POST
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = PaymentView.class)))
    public Response authorize(@HeaderParam("Idempotency-Key") String key, @Valid PaymentRequest request) {
        check(request);
        var id = ids.next();
        // A repetition with the key holds the money under the same reference, so once, also after a crash in between.
        var reference = key == null ? id.toString() : request.customerId() + "/" + key;
        return idempotency.once(
                "payments",
                key,
                request,
                () -> approval(reference, request),
                approved -> authorized(id, request, approved));
    }

    @GET
    @Path("/{id}")
    public PaymentView get(@PathParam("id") UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> PaymentView.of(payments.get(id), transfers.of(id)));
    }

    private Approved approval(String reference, PaymentRequest request) {
        return switch (gateway.authorize(reference, request.amount(), request.method())) {
            case Approved approved -> approved;
            case Declined declined -> throw Problem.refused("The payment was declined. " + declined.reason());
        };
    }

    private Answer authorized(UUID id, PaymentRequest request, Approved approved) {
        var payment = Payment.authorized(id, request.customerId(), request.amount(), request.method(), approved.id());
        payments.persist(payment);
        return Answer.created("/api/payments/" + id, PaymentView.of(payment, List.of()));
    }

    private void check(PaymentRequest request) {
        check(request.amount());
        if (!gateway.methods().contains(request.method())) {
            var methods = String.join(", ", new TreeSet<>(gateway.methods()));
            throw Problem.badInput("method", "must be one of " + methods);
        }
    }

    static void check(Money amount) {
        if (amount.amount() <= 0) {
            throw Problem.badInput("amount.amount", "must be greater than 0");
        }
        if (!amount.currency().matches("[A-Z]{3}")) {
            throw Problem.badInput("amount.currency", "must be a currency code such as EUR");
        }
    }
}
