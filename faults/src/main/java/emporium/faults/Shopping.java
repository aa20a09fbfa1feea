package emporium.faults;

import com.fasterxml.jackson.databind.JsonNode;
import emporium.faults.Placed.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Orders that flow while something is broken: shoppers who place and cancel them, bots who fetch the goods, a payer and
 * a merchant who changes prices. All of one fault are of one customer, so that what became of them is found together.
 */
final class Shopping implements AutoCloseable {

    static final long ON_THE_SHELF = 100_000;
    private static final long PRICE = 1_000;
    private static final long ENOUGH = 1_000_000;
    private static final int SHOPPERS = 4;
    private static final int BOTS = 3;
    private static final Set<String> ENDED = Set.of("COMPLETED", "REJECTED", "CANCELLED");

    private final Rest mall;
    private final UUID customer;
    private final UUID store;
    private final List<UUID> products = new ArrayList<>();
    private final UUID rare;
    private final Queue<Placed> placed = new ConcurrentLinkedQueue<>();
    private final Map<UUID, String> statuses = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicLong price = new AtomicLong(PRICE);
    private final List<Thread> shoppers = new ArrayList<>();
    private final List<Thread> others = new ArrayList<>();
    private volatile boolean pricesSettled;
    private volatile boolean closed;

    Shopping(Rest mall, String name) {
        this.mall = mall;
        this.customer = mall.created(
                "/api/customers", Map.of("name", name, "email", "ann@example.org", "smsNumber", "+491701234567"));
        this.store = mall.created("/api/stores", Map.of("name", "Store of " + name, "location", "First floor"));
        mall.put("/api/stores/" + store + "/participating", Map.of("participating", true));
        for (var number = 1; number <= 4; number++) {
            products.add(product("Product " + number, ON_THE_SHELF));
        }
        this.rare = product("Rare", 0);
    }

    UUID customer() {
        return customer;
    }

    List<UUID> products() {
        return products;
    }

    List<Placed> placed() {
        return List.copyOf(placed);
    }

    /** The newest status seen of an order. */
    String status(UUID order) {
        return statuses.getOrDefault(order, "UNSEEN");
    }

    long ended() {
        return statuses.values().stream().filter(ENDED::contains).count();
    }

    /** How many are seen to be approved or refused. */
    long decided() {
        return statuses.values().stream()
                .filter(status -> !status.equals("PENDING"))
                .count();
    }

    void begin() {
        for (var number = 0; number < SHOPPERS; number++) {
            shoppers.add(started(this::shop));
        }
        for (var number = 1; number <= BOTS; number++) {
            var name = "Bot " + number + " of " + customer;
            others.add(started(() -> fetch(name)));
        }
        others.add(started(this::pay));
        others.add(started(this::changePrices));
    }

    /** Lets so many more orders be placed and waits for them. */
    void place(int more) {
        var goal = wanted.addAndGet(more);
        Patience.until(more + " more orders to be accepted", Duration.ofMinutes(6), () -> {
            throwFailure();
            return placed.size() >= goal;
        });
    }

    /** Lets so many more be placed in the background. */
    void want(int more) {
        wanted.addAndGet(more);
    }

    /** Places one order of this product; for what is to go wrong with it alone. */
    Placed placeOne(UUID product) {
        var order = order(Wish.GOODS, product, 1);
        placed.add(order);
        wanted.incrementAndGet();
        turns.incrementAndGet();
        return order;
    }

    UUID product(String name, long onShelf) {
        var product = mall.created(
                "/api/stores/" + store + "/products",
                Map.of("name", name, "description", "As seen", "sku", "SKU-" + name, "price", money(PRICE)));
        mall.put("/api/depot/stock/" + product, Map.of("quantity", onShelf));
        return product;
    }

    /** Lets the merchant rest, so that it can become quiet. */
    void settlePrices() {
        pricesSettled = true;
    }

    /** The merchant's last word, after a change of mind at short intervals. */
    void settlePrices(int changes) {
        settlePrices();
        for (var change = 0; change < changes; change++) {
            raisePrices();
        }
    }

    boolean allEnded() {
        throwFailure();
        return ended() >= placed.size();
    }

    private void throwFailure() {
        if (!failures.isEmpty()) {
            throw new Broken("orders do not flow", failures.peek());
        }
    }

    private Thread started(Runnable work) {
        return Thread.ofVirtual().start(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                if (!closed) {
                    failures.add(e);
                }
            }
        });
    }

    private void shop() {
        while (!closed) {
            var turn = turns.get();
            if (turn < wanted.get() && turns.compareAndSet(turn, turn + 1)) {
                shopOnce(turn);
            } else {
                Patience.pause(Duration.ofMillis(20));
            }
        }
    }

    private void shopOnce(int turn) {
        var wish = Wish.ofTurn(turn);
        var product = wish == Wish.OUT_OF_STOCK ? rare : products.get(turn % products.size());
        var order = order(wish, product, 1 + turn % 3);
        placed.add(order);
        if (wish == Wish.CHANGED_MIND) {
            Patience.pause(Duration.ofMillis(ThreadLocalRandom.current().nextInt(400)));
            mall.post("/api/orders/" + order.id() + "/cancel", Map.of("reason", "changed my mind"));
        }
    }

    private Placed order(Wish wish, UUID product, int quantity) {
        var payment = mall.created(
                "/api/payments",
                Map.of(
                        "customerId",
                        customer,
                        "amount",
                        money(wish == Wish.UNDERFUNDED ? 1 : ENOUGH),
                        "method",
                        "approve"));
        var at = Instant.now();
        var answer = mall.post(
                "/api/orders",
                Map.of(
                        "customerId", customer,
                        "paymentId", payment,
                        "items", List.of(Map.of("productId", product, "quantity", quantity))));
        var id = UUID.fromString(answer.successful("POST /api/orders").get("id").asText());
        return new Placed(id, wish, payment, product, quantity, at);
    }

    /** Takes lists and completes them, at once; what it has in hand after a crash of the mall it completes first. */
    private void fetch(String name) {
        var bot = mall.post("/api/depot/bots", Map.of("name", name))
                .successful("a bot")
                .get("id")
                .asText();
        while (!closed) {
            var inHand = mall.post("/api/depot/bots/" + bot + "/heartbeat", Map.of())
                    .successful("a heartbeat")
                    .get("shoppingListId");
            if (inHand.isTextual()) {
                mall.post("/api/depot/shopping-lists/" + inHand.asText() + "/complete", Map.of("botId", bot));
            } else if (!takeOne(bot)) {
                Patience.pause(Duration.ofMillis(200));
            }
        }
    }

    private boolean takeOne(String bot) {
        var offered = new ArrayList<JsonNode>();
        mall.get("/api/depot/shopping-lists?status=AVAILABLE&limit=20")
                .get("items")
                .forEach(offered::add);
        Collections.shuffle(offered, ThreadLocalRandom.current());
        for (var list : offered) {
            var path = "/api/depot/shopping-lists/" + list.get("id").asText();
            if (mall.post(path + "/assign", Map.of("botId", bot)).isSuccess()) {
                mall.post(path + "/complete", Map.of("botId", bot));
                return true;
            }
        }
        return false;
    }

    /** Follows all orders and pays the invoices of those that are ready. */
    private void pay() {
        while (!closed) {
            for (var order : mall.list("/api/orders?customerId=" + customer)) {
                var status = order.get("status").asText();
                var before = statuses.put(UUID.fromString(order.get("id").asText()), status);
                if (status.equals("READY") && order.get("invoiceId").isTextual() && status.equals(before)) {
                    mall.post("/api/invoices/" + order.get("invoiceId").asText() + "/pay", Map.of());
                }
            }
            Patience.pause(Duration.ofMillis(300));
        }
    }

    private void changePrices() {
        while (!closed && !pricesSettled) {
            raisePrices();
            Patience.pause(Duration.ofSeconds(2));
        }
    }

    /** No two threads at once: a product's owner would refuse the lower of two raised prices. */
    private synchronized void raisePrices() {
        var raised = price.incrementAndGet();
        for (var product : products) {
            mall.post(
                    "/api/products/" + product + "/price-increases",
                    Map.of("price", money(raised), "reason", "demand"));
        }
    }

    private static Map<String, Object> money(long amount) {
        return Map.of("amount", amount, "currency", "EUR");
    }

    /** Ends all work, after the last answer. */
    @Override
    public void close() {
        closed = true;
        shoppers.forEach(Thread::interrupt);
        others.forEach(Thread::interrupt);
        try {
            for (var thread : shoppers) {
                thread.join();
            }
            for (var thread : others) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
