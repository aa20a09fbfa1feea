package emporium.payments;

import static emporium.contracts.ordering.OrderStatus.READY;
import static emporium.contracts.payments.InvoiceStatus.CANCELLED;
import static emporium.contracts.payments.InvoiceStatus.ISSUED;
import static emporium.contracts.payments.InvoiceStatus.PAID;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.payments.PaymentDeclined;
import emporium.contracts.payments.PaymentReturned;
import emporium.contracts.payments.ReturnPayment;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The money of a cancelled order comes back, whatever else is happening to it. */
@QuarkusTest
class ReturnPaymentTest {

    private static final Bank.Account NOTHING = new Bank.Account(0, 0, 0);
    private static final Bank.Account ALL_BACK = new Bank.Account(0, 800, 800);

    @Inject
    Others others;

    @Inject
    Bank bank;

    @Test
    void what_is_held_is_let_go() {
        var sale = Sale.confirmed(others, "approve");

        sale.giveBack();

        assertSettled(sale, "VOIDED", NOTHING);
    }

    @Test
    void an_invoice_that_waits_is_cancelled() {
        var sale = Sale.invoiced(others, "approve");

        sale.giveBack();

        assertEquals("CANCELLED", sale.invoiceStatus());
        sale.pay().then().statusCode(409);
        assertSettled(sale, "VOIDED", NOTHING);
        await().until(sale::told, told -> told.equals(List.of(ISSUED, CANCELLED)));
    }

    @Test
    void what_was_taken_is_given_back() {
        var sale = Sale.invoiced(others, "approve");
        sale.pay().then().statusCode(200);

        sale.giveBack();

        assertEquals("CANCELLED", sale.invoiceStatus());
        assertSettled(sale, "REFUNDED", ALL_BACK);
        await().until(sale::told, told -> told.equals(List.of(ISSUED, PAID, CANCELLED)));
    }

    @Test
    void giving_back_again_changes_nothing() {
        var sale = Sale.invoiced(others, "approve");
        sale.pay().then().statusCode(200);

        sale.giveBack();
        sale.giveBack();

        assertSettled(sale, "REFUNDED", ALL_BACK);
        sale.giveBack();
        assertEquals(2, sale.view().getList("transfers").size());
        assertEquals(3, sale.told().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy", "slow"})
    void a_gateway_that_loses_its_answers_or_is_slow_does_it_once(String method) {
        var paid = Sale.invoiced(others, method);
        var unpaid = Sale.invoiced(others, method);
        paid.pay();
        await().until(paid::invoiceStatus, "PAID"::equals);

        paid.giveBack();
        unpaid.giveBack();

        assertSettled(paid, "REFUNDED", ALL_BACK);
        assertSettled(unpaid, "VOIDED", NOTHING);
    }

    @Test
    void an_order_that_is_told_to_be_ready_after_its_money_went_back_is_not_invoiced() {
        var sale = Sale.confirmed(others, "approve");
        sale.giveBack();

        others.tell(sale.order, sale.is(READY, 3));
        Sale.invoiced(others, "approve");

        assertEquals(List.of(), sale.invoices());
    }

    @Test
    void a_return_that_overtakes_its_confirm_wins() {
        var sale = Sale.authorized(others, "approve");

        sale.giveBack();

        assertInstanceOf(PaymentDeclined.class, others.ask(sale.confirm()));
        assertEquals("AUTHORIZED", sale.paymentStatus());
        assertEquals(new Bank.Account(1000, 0, 0), sale.booked());
    }

    @Test
    void a_confirm_that_comes_again_after_the_return_is_declined() {
        var sale = Sale.confirmed(others, "approve");
        sale.giveBack();

        assertInstanceOf(PaymentDeclined.class, others.ask(sale.confirm()));
    }

    @Test
    void the_payment_of_another_order_stays() {
        var sale = Sale.confirmed(others, "approve");
        var other = UUID.randomUUID();

        assertEquals(
                new PaymentReturned(other, sale.payment), others.ask(new ReturnPayment(other, sale.payment, "gone")));
        assertEquals("CONFIRMED", sale.paymentStatus());
        var nobodys = UUID.randomUUID();
        assertEquals(new PaymentReturned(other, nobodys), others.ask(new ReturnPayment(other, nobodys, "gone")));
    }

    @Test
    void money_asked_back_while_it_is_being_taken_comes_back_right_after() throws Exception {
        var sale = Sale.invoiced(others, "waiting");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var paying = clients.submit(sale::pay);
            bank.awaitCapture(sale.authorization());

            sale.giveBack();
            assertEquals("CANCELLED", sale.invoiceStatus());
            bank.allowCapture(sale.authorization());

            paying.get().then().statusCode(409).body("detail", containsString("cancelled while it was being paid"));
        }
        assertSettled(sale, "REFUNDED", ALL_BACK);
        await().until(sale::told, told -> told.equals(List.of(ISSUED, CANCELLED)));
    }

    @Test
    void money_asked_back_while_its_capture_is_being_declined_is_let_go() throws Exception {
        var sale = Sale.invoiced(others, "waiting-decline-on-capture");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var paying = clients.submit(sale::pay);
            bank.awaitCapture(sale.authorization());

            sale.giveBack();
            bank.allowCapture(sale.authorization());

            paying.get().then().statusCode(422);
        }
        assertSettled(sale, "VOIDED", NOTHING);
    }

    @Test
    void whoever_is_faster_the_money_adds_up() throws Exception {
        var methods = List.of("approve", "lossy", "decline-on-capture");
        var sales = IntStream.range(0, 18)
                .mapToObj(i -> Sale.invoiced(others, methods.get(i % methods.size())))
                .toList();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var sale : sales) {
                clients.submit(sale::pay);
                clients.submit(sale::giveBack);
            }
            sales.subList(0, 4).forEach(sale -> clients.submit(sale::cancelInvoice));
        }
        for (var sale : sales) {
            sale.giveBack();
            await().until(sale::isSettled);

            assertTrue(Set.of(NOTHING, ALL_BACK).contains(sale.booked()), () -> "booked " + sale.booked());
            assertEquals(bank.account(sale.authorization()), sale.booked());
            assertEquals(sale.booked().equals(NOTHING) ? "VOIDED" : "REFUNDED", sale.paymentStatus());
            assertEquals("CANCELLED", sale.invoiceStatus());
        }
    }

    private void assertSettled(Sale sale, String status, Bank.Account account) {
        await().until(sale::isSettled);
        assertEquals(status, sale.paymentStatus());
        assertEquals(account, sale.booked());
        assertEquals(account, bank.account(sale.authorization()));
    }
}
