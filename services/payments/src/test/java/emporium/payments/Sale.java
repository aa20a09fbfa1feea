package emporium.payments;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderStatus;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.InvoiceChanged;
import emporium.contracts.payments.InvoiceStatus;
import emporium.contracts.payments.PaymentConfirmed;
import emporium.contracts.payments.PaymentReturned;
import emporium.contracts.payments.ReturnPayment;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** One order of 8.00 EUR and its payment of 10.00 EUR, as seen from outside. */
final class Sale {

    static final Money TOTAL = new Money(800, "EUR");

    private final Others others;
    private final String method;
    private final UUID customer = UUID.randomUUID();
    final UUID order = UUID.randomUUID();
    final UUID payment;
    private UUID invoice;

    private Sale(Others others, String method) {
        this.others = others;
        this.method = method;
        payment = UUID.fromString(given().contentType("application/json")
                .body("""
                        {"customerId": "%s", "amount": {"amount": 1000, "currency": "EUR"}, "method": "%s"}""".formatted(customer, method))
                .post("/api/payments")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    static Sale authorized(Others others, String method) {
        return new Sale(others, method);
    }

    static Sale confirmed(Others others, String method) {
        var sale = authorized(others, method);
        assertEquals(new PaymentConfirmed(sale.order, sale.payment), others.ask(sale.confirm()));
        return sale;
    }

    static Sale invoiced(Others others, String method) {
        var sale = confirmed(others, method);
        others.tell(sale.order, sale.is(OrderStatus.READY, 3));
        sale.invoice();
        return sale;
    }

    ConfirmPayment confirm() {
        return new ConfirmPayment(order, payment, customer, TOTAL);
    }

    OrderChanged is(OrderStatus status, long version) {
        return new OrderChanged(order, version, status, null, customer, payment, null, null, TOTAL, Instant.EPOCH);
    }

    void giveBack() {
        assertEquals(
                new PaymentReturned(order, payment), others.ask(new ReturnPayment(order, payment, "no longer wanted")));
    }

    /** Waits for it, once. */
    UUID invoice() {
        if (invoice == null) {
            invoice = await().pollDelay(Duration.ZERO)
                    .until(this::invoices, all -> !all.isEmpty())
                    .getFirst();
        }
        return invoice;
    }

    List<UUID> invoices() {
        return given().get("/api/invoices?orderId=" + order)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.id", UUID.class);
    }

    Response pay() {
        return given().post("/api/invoices/" + invoice() + "/pay");
    }

    Response cancelInvoice() {
        return given().post("/api/invoices/" + invoice() + "/cancel");
    }

    Response adjust(String amount, String currency) {
        return given().contentType("application/json")
                .body("{\"amount\": {\"amount\": %s, \"currency\": \"%s\"}}".formatted(amount, currency))
                .put("/api/invoices/" + invoice() + "/amount");
    }

    String invoiceStatus() {
        return given().get("/api/invoices/" + invoice()).path("status");
    }

    List<InvoiceStatus> told() {
        return others.heardOf(order).stream().map(InvoiceChanged::status).toList();
    }

    JsonPath view() {
        return given().get("/api/payments/" + payment).jsonPath();
    }

    String paymentStatus() {
        return view().getString("status");
    }

    /** As the gateway knows it. */
    String authorization() {
        return method + "/" + payment;
    }

    /** What the gateway has done so far, as told by the view. */
    Bank.Account booked() {
        var view = view();
        return new Bank.Account(
                view.getLong("held.amount"), view.getLong("captured.amount"), view.getLong("refunded.amount"));
    }

    boolean isSettled() {
        return !view().getList("transfers.status").contains("PENDING");
    }
}
