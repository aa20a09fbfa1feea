package emporium.benchmarks;

import static emporium.benchmarks.OrderWatch.Status.APPROVED;
import static emporium.benchmarks.OrderWatch.Status.REJECTED;

import com.fasterxml.jackson.databind.ObjectReader;
import emporium.benchmarks.Desk.Placed;
import emporium.benchmarks.OrderWatch.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the orders are made of: stores, products with stock, customers, and one payment for each order to come. Knows
 * what the approved ones have taken from the shelves, and checks that the mall says the same.
 */
final class Shop {

    private static final int STORES = 5;
    private static final int PRODUCTS = 40;
    private static final int CUSTOMERS = 100;
    private static final int PREPARING = 32;
    private static final long ON_THE_SHELF = 1_000_000_000;
    private static final long ENOUGH = 10_000_000;
    private static final long TOO_LITTLE = 1;
    private static final int PAYMENTS_CHECKED = 1_000;
    private static final ObjectReader PAYMENT = MallClient.reader(PaymentView.class);
    private static final ObjectReader CREATED = MallClient.reader(Created.class);
    private static final ObjectReader STOCK = MallClient.reader(StockView.class);

    private record Created(UUID id) {}

    private record StockView(UUID productId, long quantity, long reserved) {}

    private record Payment(UUID customer, UUID id, Status ending) {}

    private record PaymentView(String status, UUID orderId) {}

    /** An order to place, and how it is to end. */
    record Wish(UUID customerId, UUID paymentId, List<Item> items, Status ending) {
        Map<String, Object> body() {
            return Map.of("customerId", customerId, "paymentId", paymentId, "items", items);
        }
    }

    record Item(UUID productId, int quantity) {}

    private final MallClient mall;
    private final List<UUID> products = new ArrayList<>();
    private final List<UUID> customers = new ArrayList<>();
    private final ConcurrentLinkedQueue<Payment> payments = new ConcurrentLinkedQueue<>();
    private final Map<UUID, LongAdder> taken = new ConcurrentHashMap<>();

    Shop(MallClient mall) {
        this.mall = mall;
    }

    void open() throws InterruptedException {
        for (var store = 1; store <= STORES; store++) {
            openStore(store);
        }
        for (var customer = 1; customer <= CUSTOMERS; customer++) {
            customers.add(created(
                    "/api/customers",
                    Map.of(
                            "name", "Customer " + customer,
                            "email", "customer-" + customer + "@example.org",
                            "smsNumber", "+44770090%04d".formatted(customer))));
        }
    }

    private void openStore(int number) throws InterruptedException {
        var store = created("/api/stores", Map.of("name", "Store " + number, "location", "Floor " + number));
        for (var product = 1; product <= PRODUCTS / STORES; product++) {
            var id = created(
                    "/api/stores/" + store + "/products",
                    Map.of(
                            "name", "Product %d of store %d".formatted(product, number),
                            "description", "Made for measuring.",
                            "sku", "BENCH-%d-%d".formatted(number, product),
                            "price", euro(100 + product)));
            mall.put("/api/depot/stock/" + id, Map.of("quantity", ON_THE_SHELF));
            products.add(id);
        }
        mall.put("/api/stores/" + store + "/participating", Map.of("participating", true));
    }

    /** Has payments authorised for so many orders to come; those of orders to be rejected are too small. */
    void preparePayments(int number, Status everySecond) throws InterruptedException {
        payments.clear();
        var next = new AtomicInteger();
        Crew.work(PREPARING, () -> {
            for (int i; (i = next.getAndIncrement()) < number; ) {
                payments.add(pay(customers.get(i % CUSTOMERS), i % 2 == 0 ? APPROVED : everySecond));
            }
        });
    }

    private Payment pay(UUID customer, Status ending) throws InterruptedException {
        var amount = euro(ending == REJECTED ? TOO_LITTLE : ENOUGH);
        var payment = created("/api/payments", Map.of("customerId", customer, "amount", amount, "method", "approve"));
        return new Payment(customer, payment, ending);
    }

    /** The next order, or null when no payment is left. */
    Wish wish() {
        var payment = payments.poll();
        return payment == null ? null : new Wish(payment.customer(), payment.id(), items(), payment.ending());
    }

    /** One to three products; every third order wants the hot one. */
    private List<Item> items() {
        var random = ThreadLocalRandom.current();
        var items = new HashMap<UUID, Item>();
        if (random.nextInt(3) == 0) {
            items.put(products.getFirst(), new Item(products.getFirst(), 1));
        }
        for (var i = random.nextInt(3); i >= items.size(); i--) {
            var product = products.get(1 + random.nextInt(PRODUCTS - 1));
            items.put(product, new Item(product, 1 + random.nextInt(3)));
        }
        return List.copyOf(items.values());
    }

    /** Takes note of what an order holds that has ended as it should. */
    void ended(Wish wish) {
        if (wish.ending() != APPROVED) {
            return;
        }
        wish.items().forEach(item -> taken.computeIfAbsent(item.productId(), product -> new LongAdder())
                .add(item.quantity()));
    }

    /** Takes note that what this order held has left the shelves. */
    void fetched(Wish wish) {
        wish.items().forEach(item -> taken.get(item.productId()).add(-item.quantity()));
    }

    /** Fails unless every shelf holds back exactly what the approved orders want. */
    void checkStock() throws InterruptedException {
        for (var product : products) {
            StockView stock = mall.get("/api/depot/stock/" + product, STOCK);
            var expected = taken.getOrDefault(product, new LongAdder()).sum();
            if (stock.reserved() != expected) {
                throw new NoResult("The approved orders want %d of product %s, and %d are reserved."
                        .formatted(expected, product, stock.reserved()));
            }
        }
    }

    /** Fails unless the payments of these orders, or of some of them if they are many, are bound or free as they should. */
    void checkPayments(Collection<Placed> placed) throws InterruptedException {
        var some = new ArrayList<>(placed);
        Collections.shuffle(some);
        var left = new ConcurrentLinkedQueue<>(some.subList(0, Math.min(some.size(), PAYMENTS_CHECKED)));
        Crew.work(PREPARING, () -> {
            for (Placed one; (one = left.poll()) != null; ) {
                checkPayment(one);
            }
        });
    }

    private void checkPayment(Placed order) throws InterruptedException {
        PaymentView payment = mall.get("/api/payments/" + order.wish().paymentId(), PAYMENT);
        var bound = "CONFIRMED".equals(payment.status()) && order.id().equals(payment.orderId());
        var free = Set.of("AUTHORIZED", "VOIDED").contains(payment.status());
        if (order.wish().ending() == APPROVED ? !bound : !free) {
            throw new NoResult("Order %s is %s and its payment %s."
                    .formatted(order.id(), order.wish().ending(), payment.status()));
        }
    }

    private UUID created(String path, Object body) throws InterruptedException {
        Created created = mall.post(path, body, CREATED);
        return created.id();
    }

    private static Map<String, Object> euro(long cents) {
        return Map.of("amount", cents, "currency", "EUR");
    }
}
