package emporium.customers;

import emporium.messaging.MessageIds;
import emporium.rest.Answer;
import emporium.rest.Idempotency;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Registers customers and changes how they can be reached. */
@Path("/api/customers")
@RunOnVirtualThread
class CustomerResource {

    private static final String SMS_NUMBER = "\\+([ ()-]{0,3}[0-9]){4,15}";
    private static final String SMS_NUMBER_MESSAGE =
            "must be a + and 4 to 15 digits, spaces and hyphens between them at will";
    private static final int LONGEST_EMAIL = 254;

    private final Customers customers;
    private final CustomerNews news;
    private final Idempotency idempotency;
    private final MessageIds ids;

    CustomerResource(Customers customers, CustomerNews news, Idempotency idempotency, MessageIds ids) {
        this.customers = customers;
        this.news = news;
        this.idempotency = idempotency;
        this.ids = ids;
    }

    record Registration(
            @NotBlank @Size(max = 200) String name,
            @NotBlank @Email @Size(max = LONGEST_EMAIL) String email,

            @NotNull @Pattern(regexp = SMS_NUMBER, message = SMS_NUMBER_MESSAGE)
            String smsNumber) {}

    record SmsNumber(
            @NotNull @Pattern(regexp = SMS_NUMBER, message = SMS_NUMBER_MESSAGE)
            String smsNumber) {}

    record EmailAddress(
            @NotBlank @Email @Size(max = LONGEST_EMAIL) String email) {}

    record Enabled(@NotNull Boolean enabled) {}

    record CustomerView(UUID id, String name, String email, String smsNumber, boolean enabled) {
        private static CustomerView of(Customer customer) {
            return new CustomerView(
                    customer.id(), customer.name(), customer.email(), customer.smsNumber(), customer.mayOrder());
        }
    }

    @POST
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = CustomerView.class)))
    public Response register(@HeaderParam("Idempotency-Key") String key, @Valid Registration registration) {
        return idempotency.once("customers", key, registration, () -> register(registration));
    }

    @GET
    @Path("/{id}")
    public CustomerView get(@PathParam("id") UUID id) {
        return CustomerView.of(customers.get(id));
    }

    @PUT
    @Path("/{id}/sms-number")
    public CustomerView changeSmsNumber(@PathParam("id") UUID id, @Valid SmsNumber change) {
        return change(id, customer -> customer.changeSmsNumber(change.smsNumber()));
    }

    @PUT
    @Path("/{id}/email")
    public CustomerView changeEmail(@PathParam("id") UUID id, @Valid EmailAddress change) {
        return change(id, customer -> customer.changeEmail(change.email()));
    }

    @PUT
    @Path("/{id}/enabled")
    public CustomerView enable(@PathParam("id") UUID id, @Valid Enabled change) {
        return change(id, customer -> customer.enable(change.enabled()));
    }

    private Answer register(Registration registration) {
        var customer =
                Customer.registered(ids.next(), registration.name(), registration.email(), registration.smsNumber());
        customers.persist(customer);
        news.tell(customer);
        return Answer.created("/api/customers/" + customer.id(), CustomerView.of(customer));
    }

    private CustomerView change(UUID id, Consumer<Customer> change) {
        return QuarkusTransaction.requiringNew().call(() -> {
            var customer = customers.get(id);
            var before = customer.version();
            change.accept(customer);
            // Only what is written has its new version; what was not changed keeps its own, and is no news.
            customers.flush();
            if (customer.version() != before) {
                news.tell(customer);
            }
            return CustomerView.of(customer);
        });
    }
}
