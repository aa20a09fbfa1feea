package emporium.payments;

import static emporium.contracts.ordering.OrderStatus.APPROVED;
import static emporium.contracts.ordering.OrderStatus.COMPLETED;
import static emporium.contracts.ordering.OrderStatus.READY;
import static emporium.contracts.payments.InvoiceStatus.CANCELLED;
import static emporium.contracts.payments.InvoiceStatus.ISSUED;
import static emporium.contracts.payments.InvoiceStatus.PAID;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.Money;
import emporium.contracts.payments.InvoiceChanged;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the order that is ready to the money in the till. */
@QuarkusTest
class InvoiceResourceTest {

    @Inject
    Others others;

    @Inject
    Bank bank;

    @Inject
    Cashier cashier;

    @Inject
    DataSource database;

    @Test
    void a_ready_order_is_invoiced_once_however_often_and_late_it_is_told() {
        var sale = Sale.confirmed(others, "approve");

        others.tell(sale.order, sale.is(COMPLETED, 5), sale.is(READY, 3), sale.is(READY, 3));
        sale.invoice();
        others.tell(sale.order, sale.is(READY, 4), sale.is(APPROVED, 2));
        afterAllThatWasTold();

        assertEquals(1, sale.invoices().size());
        given().get("/api/invoices/" + sale.invoice())
                .then()
                .statusCode(200)
                .body("orderId", equalTo(sale.order.toString()))
                .body("paymentId", equalTo(sale.payment.toString()))
                .body("amount.amount", equalTo(800))
                .body("status", equalTo("ISSUED"))
                .body("version", equalTo(1));
        assertEquals(List.of(ISSUED), sale.told());
        assertEquals(sale.invoice().toString(), sale.view().getString("invoiceId"));
    }

    @Test
    void twins_of_the_news_that_come_at_once_make_one_invoice() throws Exception {
        var sale = Sale.confirmed(others, "approve");

        atOnce(Stream.generate(() -> (Callable<Void>) () -> {
                    QuarkusTransaction.requiringNew().run(() -> {
                        cashier.fetch(List.of(sale.payment));
                        cashier.issue(sale.is(READY, 3));
                    });
                    return null;
                })
                .limit(8)
                .toList());

        assertEquals(1, sale.invoices().size());
    }

    @Test
    void an_order_that_is_not_ready_is_not_invoiced() {
        var sale = Sale.confirmed(others, "approve");

        others.tell(sale.order, sale.is(APPROVED, 2));
        afterAllThatWasTold();

        assertEquals(List.of(), sale.invoices());
    }

    @Test
    void paying_takes_the_money_and_tells() {
        var sale = Sale.invoiced(others, "approve");

        sale.pay().then().statusCode(200).body("status", equalTo("PAID")).body("version", equalTo(2));

        assertEquals("CAPTURED", sale.paymentStatus());
        assertEquals(new Bank.Account(0, 800, 0), sale.booked());
        assertEquals(sale.booked(), bank.account(sale.authorization()));
        await().until(sale::told, told -> told.equals(List.of(ISSUED, PAID)));
    }

    @Test
    void an_invoice_is_paid_once() {
        var sale = Sale.invoiced(others, "approve");

        sale.pay().then().statusCode(200);

        sale.pay().then().statusCode(409).body("detail", containsString("PAID"));
        sale.adjust("700", "EUR").then().statusCode(409);
        sale.cancelInvoice().then().statusCode(409);
        assertEquals(new Bank.Account(0, 800, 0), bank.account(sale.authorization()));
    }

    @Test
    void of_many_who_pay_at_once_one_does() throws Exception {
        var sale = Sale.invoiced(others, "approve");

        var answers = atOnce(
                Stream.generate(() -> (Callable<Integer>) () -> sale.pay().statusCode())
                        .limit(8)
                        .toList());

        assertEquals(List.of(200, 409), answers.stream().distinct().sorted().toList());
        assertEquals(1, answers.stream().filter(answer -> answer == 200).count());
        assertEquals(new Bank.Account(0, 800, 0), bank.account(sale.authorization()));
    }

    @Test
    void a_payment_declined_when_it_is_taken_leaves_the_invoice_to_be_paid() {
        var sale = Sale.invoiced(others, "decline-on-capture");

        sale.pay().then().statusCode(422).body("detail", containsString("declined"));
        sale.pay().then().statusCode(422);

        assertEquals("ISSUED", sale.invoiceStatus());
        assertEquals("CONFIRMED", sale.paymentStatus());
        assertEquals(new Bank.Account(1000, 0, 0), sale.booked());
        assertEquals(List.of("DECLINED", "DECLINED"), sale.view().getList("transfers.status"));
    }

    @Test
    void an_adjusted_invoice_is_paid_as_adjusted() {
        var sale = Sale.invoiced(others, "approve");

        sale.adjust("1000", "EUR").then().statusCode(200).body("amount.amount", equalTo(1000));
        sale.adjust("1", "EUR").then().statusCode(200).body("version", equalTo(3));
        sale.adjust("1", "EUR").then().statusCode(200).body("version", equalTo(3));
        sale.pay().then().statusCode(200);

        assertEquals(new Bank.Account(0, 1, 0), bank.account(sale.authorization()));
        assertEquals(bank.account(sale.authorization()), sale.booked());
        await().until(() -> others.heardOf(sale.order), told -> told.size() == 4);
        assertEquals(
                List.of(800L, 1000L, 1L, 1L),
                others.heardOf(sale.order).stream()
                        .map(InvoiceChanged::amount)
                        .map(Money::amount)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"1001, EUR, 422", "800, USD, 422", "0, EUR, 400", "-1, EUR, 400", "1.5, EUR, 400", "800, euro, 400"})
    void an_invoice_is_adjusted_within_what_was_authorised_only(String amount, String currency, int answer) {
        var sale = Sale.invoiced(others, "approve");

        sale.adjust(amount, currency).then().statusCode(answer);

        given().get("/api/invoices/" + sale.invoice()).then().body("amount.amount", equalTo(800));
    }

    @Test
    void a_cancelled_invoice_lets_the_money_go() {
        var sale = Sale.invoiced(others, "approve");

        sale.cancelInvoice().then().statusCode(200).body("status", equalTo("CANCELLED"));

        sale.cancelInvoice().then().statusCode(409);
        sale.pay().then().statusCode(409);
        assertEquals("VOIDED", sale.paymentStatus());
        await().until(() -> sale.booked().equals(new Bank.Account(0, 0, 0)));
        assertEquals(sale.booked(), bank.account(sale.authorization()));
        await().until(sale::told, told -> told.equals(List.of(ISSUED, CANCELLED)));
    }

    @Test
    void what_is_unknown_is_404_and_what_is_malformed_400() {
        var nobodys = "/api/invoices/" + UUID.randomUUID();

        given().get(nobodys).then().statusCode(404);
        given().post(nobodys + "/pay").then().statusCode(404);
        given().post(nobodys + "/cancel").then().statusCode(404);
        given().contentType("application/json")
                .body("{\"amount\": {\"amount\": 1, \"currency\": \"EUR\"}}")
                .put(nobodys + "/amount")
                .then()
                .statusCode(404);
        given().contentType("application/json")
                .body("{}")
                .put(nobodys + "/amount")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("amount"));
        given().get("/api/invoices/7").then().statusCode(404);
    }

    @Test
    void all_invoices_are_listed_page_by_page() {
        var first = Sale.invoiced(others, "approve");
        var second = Sale.invoiced(others, "approve");

        var page = given().get("/api/invoices?limit=1").jsonPath();
        assertEquals(1, page.getList("items").size());
        var all = given().get("/api/invoices?limit=500").jsonPath().getList("items.id", UUID.class);
        assertTrue(all.indexOf(first.invoice()) < all.indexOf(second.invoice()));
        var rest = given().get("/api/invoices?limit=500&cursor=" + page.getString("next"))
                .jsonPath();
        assertEquals(all.subList(1, all.size()), rest.getList("items.id", UUID.class));
    }

    @Test
    void while_the_gateway_works_nothing_is_held_and_nobody_else_may_touch_the_invoice() throws Exception {
        var sale = Sale.invoiced(others, "waiting");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var paying = clients.submit(sale::pay);
            bank.awaitCapture(sale.authorization());

            sale.pay().then().statusCode(409).body("detail", containsString("being paid"));
            sale.adjust("700", "EUR").then().statusCode(409);
            sale.cancelInvoice().then().statusCode(409);
            await().during(Duration.ofMillis(800)).until(() -> !someoneIsIdleInATransaction());

            assertFalse(paying.isDone());
            bank.allowCapture(sale.authorization());
            assertEquals(200, paying.get().statusCode());
        }
        assertEquals(new Bank.Account(0, 800, 0), bank.account(sale.authorization()));
    }

    @Test
    void a_capture_whose_answer_was_lost_is_found_done_and_not_done_twice() {
        var sale = Sale.invoiced(others, "lossy");

        sale.pay().then().statusCode(503);

        await().until(sale::invoiceStatus, "PAID"::equals);
        assertEquals(new Bank.Account(0, 800, 0), bank.account(sale.authorization()));
        assertEquals(bank.account(sale.authorization()), sale.booked());
        assertEquals(2, sale.view().getInt("transfers[0].attempts"));
        sale.pay().then().statusCode(409);
    }

    @Test
    void a_capture_that_a_dead_process_has_begun_is_finished_by_another() throws SQLException {
        var sale = Sale.invoiced(others, "approve");
        var invoice = sale.invoice();

        // What a process leaves behind that dies just before or just after it has asked the gateway.
        var begun = QuarkusTransaction.requiringNew().call(() -> cashier.beginToPay(invoice));
        assertEquals("CONFIRMED", sale.paymentStatus());
        fifteenSecondsLater(begun);

        await().until(sale::invoiceStatus, "PAID"::equals);
        assertEquals(bank.account(sale.authorization()), sale.booked());
    }

    @Test
    void an_answer_that_comes_twice_is_booked_once() {
        var sale = Sale.invoiced(others, "approve");
        var invoice = sale.invoice();
        var begun = QuarkusTransaction.requiringNew().call(() -> cashier.beginToPay(invoice));
        var answer = bank.capture(begun.id().toString(), begun.subject(), begun.amount());

        QuarkusTransaction.requiringNew().run(() -> cashier.book(begun, answer));
        QuarkusTransaction.requiringNew().run(() -> cashier.book(begun, answer));

        assertEquals(bank.account(sale.authorization()), sale.booked());
        assertEquals(2, given().get("/api/invoices/" + invoice).jsonPath().getInt("version"));
    }

    /** Events are handled in their order, so one more that has been handled says that all before it were. */
    private void afterAllThatWasTold() {
        Sale.invoiced(others, "approve");
    }

    private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            return clients.invokeAll(work).stream()
                    .map(done -> done.resultNow())
                    .toList();
        }
    }

    private void fifteenSecondsLater(Transfer transfer) throws SQLException {
        try (var connection = database.getConnection();
                var update = connection.prepareStatement(
                        "update payments.transfer set next_attempt_at = now() where id = ?")) {
            update.setObject(1, transfer.id());
            assertEquals(1, update.executeUpdate());
        }
    }

    private boolean someoneIsIdleInATransaction() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select exists (select from pg_stat_activity
                                       where state = 'idle in transaction'
                                         and state_change < clock_timestamp() - interval '200 ms')""")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
