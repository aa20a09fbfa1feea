package emporium.payments;

import emporium.contracts.Money;
import emporium.contracts.payments.InvoiceStatus;
import emporium.rest.Cursor;
import emporium.rest.Page;
import emporium.rest.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;

/** The invoices, oldest first: looked at, adjusted, paid, cancelled. */
@Path("/api/invoices")
@RunOnVirtualThread
class InvoiceResource {

    private final Invoices invoices;
    private final Cashier cashier;
    private final TransferRunner gateway;

    InvoiceResource(Invoices invoices, Cashier cashier, TransferRunner gateway) {
        this.invoices = invoices;
        this.cashier = cashier;
        this.gateway = gateway;
    }

    record NewAmount(@NotNull Money amount) {}

    record InvoiceView(
            UUID id,
            UUID orderId,
            UUID customerId,
            UUID paymentId,
            Money amount,
            InvoiceStatus status,
            Instant issuedAt,
            Instant changedAt,
            long version) {
        private static InvoiceView of(Invoice invoice) {
            return new InvoiceView(
                    invoice.id(),
                    invoice.orderId(),
                    invoice.customerId(),
                    invoice.paymentId(),
                    invoice.amount(),
                    invoice.status(),
                    invoice.issuedAt(),
                    invoice.changedAt(),
                    invoice.version());
        }
    }

    @GET
    public Page<InvoiceView> list(
            @RestQuery UUID orderId, @RestQuery String cursor, @RestQuery @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        var rows = invoices.after(
                Optional.ofNullable(Cursor.decode(cursor)), Optional.ofNullable(orderId), Page.limit(limit) + 1);
        return Page.of(rows.stream().map(InvoiceView::of).toList(), limit, InvoiceView::id);
    }

    @GET
    @Path("/{id}")
    public InvoiceView get(UUID id) {
        return InvoiceView.of(invoices.get(id));
    }

    @PUT
    @Path("/{id}/amount")
    public InvoiceView adjust(UUID id, @NotNull @Valid NewAmount change) {
        PaymentResource.check(change.amount());
        return QuarkusTransaction.requiringNew().call(() -> InvoiceView.of(cashier.adjust(id, change.amount())));
    }

    @POST
    @Path("/{id}/pay")
    public InvoiceView pay(UUID id) {
        var begun = QuarkusTransaction.requiringNew().call(() -> cashier.beginToPay(id));
        var ended = gateway.run(begun)
                .orElseThrow(() -> Problem.unavailable(
                        "The payment gateway has not answered. The payment goes on; look at the invoice again."));
        if (ended.status() == Transfer.Status.DECLINED) {
            throw Problem.refused("The payment was declined. " + ended.reason());
        }
        return paid(QuarkusTransaction.requiringNew().call(() -> InvoiceView.of(invoices.get(id))));
    }

    @POST
    @Path("/{id}/cancel")
    public InvoiceView cancel(UUID id) {
        return QuarkusTransaction.requiringNew().call(() -> InvoiceView.of(cashier.cancel(id)));
    }

    private static InvoiceView paid(InvoiceView invoice) {
        if (invoice.status() == InvoiceStatus.CANCELLED) {
            throw Problem.conflict("The invoice was cancelled while it was being paid. The money goes back.");
        }
        return invoice;
    }
}
