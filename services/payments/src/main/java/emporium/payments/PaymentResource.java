package emporium.payments;

import emporium.contracts.Money;
import emporium.messaging.MessageIds;
import emporium.payments.PaymentGateway.Authorization.Approved;
import emporium.payments.PaymentGateway.Authorization.Declined;
import emporium.rest.Answer;
import emporium.rest.Idempotency;
import emporium.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
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
    private final Idempotency idempotency;
    private final MessageIds ids;

    PaymentResource(Payments payments, PaymentGateway gateway, Idempotency idempotency, MessageIds ids) {
        this.payments = payments;
        this.gateway = gateway;
        this.idempotency = idempotency;
        this.ids = ids;
    }

    record PaymentRequest(
            @NotNull UUID customerId,
            @NotNull Money amount,
            @NotNull String method) {}

    record PaymentView(UUID id, UUID customerId, Money amount, Payment.Status status, UUID orderId) {
        private static PaymentView of(Payment payment) {
            return new PaymentView(
                    payment.id(), payment.customerId(), payment.amount(), payment.status(), payment.orderId());
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
        return PaymentView.of(payments.get(id));
    }

    private Approved approval(String reference, PaymentRequest request) {
        return switch (gateway.authorize(reference, request.amount(), request.method())) {
            case Approved approved -> approved;
            case Declined declined -> throw Problem.refused("The payment was declined. " + declined.reason());
        };
    }

    private Answer authorized(UUID id, PaymentRequest request, Approved approved) {
        var payment = Payment.authorized(
                id, request.customerId(), request.amount(), request.method(), approved.authorizationId());
        payments.persist(payment);
        return Answer.created("/api/payments/" + id, PaymentView.of(payment));
    }

    private void check(PaymentRequest request) {
        if (request.amount().amount() <= 0) {
            throw Problem.badInput("amount.amount", "must be greater than 0");
        }
        if (!request.amount().currency().matches("[A-Z]{3}")) {
            throw Problem.badInput("amount.currency", "must be a currency code such as EUR");
        }
        if (!gateway.methods().contains(request.method())) {
            var methods = String.join(", ", new TreeSet<>(gateway.methods()));
            throw Problem.badInput("method", "must be one of " + methods);
        }
    }
}
