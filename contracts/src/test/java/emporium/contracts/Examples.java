package emporium.contracts;

import emporium.contracts.baskets.*;
import emporium.contracts.customers.*;
import emporium.contracts.depot.*;
import emporium.contracts.orchestrator.*;
import emporium.contracts.ordering.*;
import emporium.contracts.payments.*;
import emporium.contracts.stores.*;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** One example of every message, with no field left empty: what the golden files were written from. */
final class Examples {
    private static final UUID CUSTOMER = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final UUID ORDER = UUID.fromString("019a0000-0000-7000-8000-000000000002");
    private static final UUID PAYMENT = UUID.fromString("019a0000-0000-7000-8000-000000000003");
    private static final UUID STORE = UUID.fromString("019a0000-0000-7000-8000-000000000004");
    private static final UUID PRODUCT = UUID.fromString("019a0000-0000-7000-8000-000000000005");
    private static final UUID LIST = UUID.fromString("019a0000-0000-7000-8000-000000000006");
    private static final UUID BASKET = UUID.fromString("019a0000-0000-7000-8000-000000000007");
    private static final UUID BOT = UUID.fromString("019a0000-0000-7000-8000-000000000008");
    private static final UUID INVOICE = UUID.fromString("019a0000-0000-7000-8000-000000000009");
    private static final UUID SAGA = UUID.fromString("019a0000-0000-7000-8000-00000000000a");
    private static final CustomerChanged ANN =
            new CustomerChanged(CUSTOMER, 3, "Ann", "ann@example.org", "+4912345678", true);
    private static final Money PRICE = new Money(1999, "EUR");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

    private Examples() {}

    static List<Record> all() {
        return Stream.of(baskets(), customers(), depot(), orchestrator(), ordering(), payments(), stores())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Record> baskets() {
        return List.of(new BasketCheckedOut(
                BASKET,
                ORDER,
                CUSTOMER,
                PAYMENT,
                List.of(new OrderLine(PRODUCT, "Lamp", STORE, "Lights & Co", PRICE, 2)),
                PRICE.times(2),
                NOON));
    }

    private static List<Record> customers() {
        return List.of(
                new AuthorizeCustomer(CUSTOMER),
                new CustomerAuthorized(CUSTOMER),
                new CustomerDisabled(CUSTOMER),
                new CustomerUnknown(CUSTOMER),
                ANN,
                new FindCustomer(CUSTOMER),
                new CustomerFound(ANN),
                new CustomerNotFound(CUSTOMER));
    }

    private static List<Record> depot() {
        var lines = List.of(new Line(PRODUCT, "Lamp", STORE, "Lights & Co", 2));
        return List.of(
                new CreateShoppingList(ORDER, lines),
                new CancelShoppingList(ORDER),
                new InitiateShopping(ORDER),
                new ShoppingListCreated(ORDER, LIST),
                new OutOfStock(ORDER, List.of("Lamp", "Bulb")),
                new CancelledBeforehand(ORDER),
                new ShoppingListCancelled(ORDER),
                new ShoppingInitiated(ORDER),
                new ShoppingListCompleted(ORDER, LIST, BOT, NOON));
    }

    private static List<Record> orchestrator() {
        return List.of(new SagaEnded(SAGA, "create-order", 2, ORDER, SagaOutcome.COMPLETED, NOON));
    }

    private static List<Record> ordering() {
        var lines = List.of(new OrderLine(PRODUCT, "Lamp", STORE, "Lights & Co", PRICE, 2));
        var created = new OrderCreated(ORDER, CUSTOMER, PAYMENT, lines, PRICE.times(2), NOON);
        var changed = new OrderChanged(
                ORDER,
                5,
                OrderStatus.CANCELLED,
                "changed my mind",
                CUSTOMER,
                PAYMENT,
                LIST,
                INVOICE,
                PRICE.times(2),
                NOON);
        return List.of(
                new ApproveOrder(ORDER, LIST),
                new RejectOrder(ORDER, "Not enough in stock of Lamp."),
                new OrderApproved(ORDER),
                new OrderRejected(ORDER),
                created,
                new CancelOrder(ORDER, "changed my mind"),
                new OrderCancelled(ORDER),
                new OrderCancelRequested(ORDER, CUSTOMER, PAYMENT, "changed my mind", NOON),
                changed,
                new FindOrders(ORDER, 500),
                new OrdersFound(List.of(new OrderFound(created, changed))));
    }

    private static List<Record> payments() {
        return List.of(
                new ConfirmPayment(ORDER, PAYMENT, CUSTOMER, PRICE),
                new ReleasePayment(ORDER, PAYMENT),
                new PaymentConfirmed(ORDER, PAYMENT),
                new PaymentDeclined(PAYMENT, "The payment is bound to another order."),
                new PaymentReleased(ORDER, PAYMENT),
                new ReturnPayment(ORDER, PAYMENT, "changed my mind"),
                new PaymentReturned(ORDER, PAYMENT),
                new InvoiceChanged(INVOICE, 2, ORDER, PRICE, InvoiceStatus.PAID, NOON));
    }

    private static List<Record> stores() {
        var product = new ProductChanged(PRODUCT, 7, STORE, "Lamp", "A brass lamp", "LAMP-1", PRICE);
        var store = new StoreChanged(STORE, 3, "Lights & Co", "Level 2", true);
        return List.of(
                product,
                store,
                new ProductRemoved(PRODUCT, 8, STORE),
                new FindProduct(PRODUCT),
                new ProductFound(product, store),
                new ProductNotFound(PRODUCT));
    }
}
