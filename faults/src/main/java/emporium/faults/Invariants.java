package emporium.faults;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks from outside whether all that was ordered has come out once and whole. */
final class Invariants {

    private static final int READERS = 8;
    private static final Set<String> ENDED = Set.of("COMPLETED", "REJECTED", "CANCELLED");

    /** What a customer is told of, by the change that leads to it. */
    private static final Map<String, String> OCCASIONS = Map.of(
            "OrderCreated", "CREATED",
            "OrderApproved", "APPROVED",
            "OrderRejected", "REJECTED",
            "OrderReadied", "READY",
            "OrderCompleted", "COMPLETED",
            "OrderCancelled", "CANCELLED");

    private final Rest mall;
    private final Database database;

    Invariants(Rest mall, Database database) {
        this.mall = mall;
        this.database = database;
    }

    /** @param parked the ids of messages that were poisoned on purpose */
    Findings check(Shopping shopping, Set<String> parked) {
        var findings = new Findings();
        var orders = orders(shopping, findings);
        var histories = checkEach(shopping.placed(), orders, findings);
        checkStock(shopping, orders, findings);
        checkSearch(shopping, orders, findings);
        checkNotifications(shopping, histories, findings);
        checkQuiet(parked, findings);
        checkHandledOnce(findings);
        checkCopies(findings);
        return findings;
    }

    private Map<UUID, JsonNode> orders(Shopping shopping, Findings findings) {
        var orders = byId(mall.list("/api/orders?customerId=" + shopping.customer()), "order", findings);
        for (var placed : shopping.placed()) {
            if (!orders.containsKey(placed.id())) {
                findings.lost("order " + placed.id() + " was accepted and is not there");
            }
        }
        findings.wrongUnless(
                orders.size() <= shopping.placed().size(),
                "there are %d orders, but %d were accepted"
                        .formatted(orders.size(), shopping.placed().size()));
        return orders;
    }

    private Map<UUID, List<String>> checkEach(List<Placed> placed, Map<UUID, JsonNode> orders, Findings findings) {
        var histories = new ConcurrentHashMap<UUID, List<String>>();
        try (var readers = Executors.newFixedThreadPool(READERS)) {
            List<? extends Future<?>> checks = placed.stream()
                    .filter(order -> orders.containsKey(order.id()))
                    .map(order -> readers.submit(() -> {
                        histories.put(order.id(), checkOne(order, orders.get(order.id()), findings));
                    }))
                    .toList();
            for (var check : checks) {
                check.get();
            }
        } catch (ExecutionException e) {
            throw new Broken("checking", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Broken("interrupted", e);
        }
        return histories;
    }

    /** Returns the types of its changes. */
    private List<String> checkOne(Placed placed, JsonNode order, Findings findings) {
        var status = order.get("status").asText();
        if (!ENDED.contains(status)) {
            findings.lost("order %s (%s) is still %s".formatted(placed.id(), placed.wish(), status));
        }
        var history = mall.get("/api/orders/" + placed.id() + "/history").get("items");
        var changes = new ArrayList<String>();
        history.forEach(change -> changes.add(change.get("type").asText()));
        changes.stream()
                .collect(groupingBy(change -> change, counting()))
                .forEach((change, count) -> findings.once(count, "order " + placed.id() + ": " + change));
        findings.wrongUnless(
                order.get("version").asLong() == changes.size(),
                "order %s has version %s after %d changes"
                        .formatted(placed.id(), order.get("version"), changes.size()));
        checkSaga(placed, status, findings);
        checkMoney(placed, order, findings);
        return changes;
    }

    private void checkSaga(Placed placed, String status, Findings findings) {
        var sagas = mall.get("/api/sagas?orderId=" + placed.id()).get("items");
        var creating = 0;
        for (var saga : sagas) {
            creating += saga.get("definition").asText().equals("create-order") ? 1 : 0;
            findings.wrongUnless(
                    Set.of("COMPLETED", "COMPENSATED")
                            .contains(saga.get("status").asText()),
                    "saga %s of order %s is %s"
                            .formatted(
                                    saga.get("id").asText(),
                                    placed.id(),
                                    saga.get("status").asText()));
        }
        findings.once(creating, "order " + placed.id() + " (" + status + "): saga create-order");
    }

    private void checkMoney(Placed placed, JsonNode order, Findings findings) {
        var status = order.get("status").asText();
        var payment = mall.get("/api/payments/" + placed.payment());
        var invoices = mall.get("/api/invoices?orderId=" + placed.id()).get("items");
        var is = payment.get("status").asText();
        var total = order.at("/total/amount").asLong();
        var captured = payment.at("/captured/amount").asLong();
        var refunded = payment.at("/refunded/amount").asLong();
        var held = payment.at("/held/amount").asLong();
        var right =
                switch (status) {
                    case "COMPLETED" -> is.equals("CAPTURED") && captured == total && refunded == 0 && held == 0;
                    case "REJECTED" ->
                        is.equals("AUTHORIZED")
                                && captured == 0
                                && held == payment.at("/amount/amount").asLong();
                    case "CANCELLED" -> captured == refunded && (is.equals("AUTHORIZED") || held == 0);
                    default -> true; // it is lost, which is said already
                };
        findings.wrongUnless(
                right,
                "order %s is %s and its payment %s: held %d, captured %d, refunded %d of %d"
                        .formatted(placed.id(), status, is, held, captured, refunded, total));
        checkTransfers(placed, payment, findings);
        checkInvoices(placed, status, invoices, findings);
    }

    private static void checkTransfers(Placed placed, JsonNode payment, Findings findings) {
        var kinds = payment.get("transfers").findValuesAsText("kind");
        findings.wrongUnless(
                kinds.size() == Set.copyOf(kinds).size(), "payment of order " + placed.id() + " was moved by " + kinds);
        findings.wrongUnless(
                !payment.get("transfers").findValuesAsText("status").contains("PENDING"),
                "payment of order " + placed.id() + " is still being moved");
    }

    private static void checkInvoices(Placed placed, String status, JsonNode invoices, Findings findings) {
        var statuses = invoices.findValuesAsText("status");
        switch (status) {
            case "COMPLETED" -> {
                findings.once(invoices.size(), "invoice of order " + placed.id());
                findings.wrongUnless(
                        statuses.equals(List.of("PAID")), "invoices of " + placed.id() + " are " + statuses);
            }
            case "REJECTED" -> findings.wrongUnless(invoices.isEmpty(), "rejected " + placed.id() + " has an invoice");
            case "CANCELLED" ->
                findings.wrongUnless(
                        statuses.isEmpty() || statuses.equals(List.of("CANCELLED")),
                        "invoices of cancelled " + placed.id() + " are " + statuses);
            default -> {
                // It is lost, which is said already.
            }
        }
    }

    /** What lay on the shelves lies there, is reserved or has left with a completed order. */
    private void checkStock(Shopping shopping, Map<UUID, JsonNode> orders, Findings findings) {
        var shipped = new HashMap<UUID, Long>();
        for (var placed : shopping.placed()) {
            var order = orders.get(placed.id());
            if (order != null && order.get("status").asText().equals("COMPLETED")) {
                shipped.merge(placed.product(), (long) placed.quantity(), Long::sum);
            }
        }
        for (var product : shopping.products()) {
            var stock = mall.get("/api/depot/stock/" + product);
            var gone = shipped.getOrDefault(product, 0L);
            var left = stock.get("quantity").asLong();
            findings.wrongUnless(
                    left + gone == Shopping.ON_THE_SHELF
                            && stock.get("reserved").asLong() == 0,
                    "of product %s %d are there and %s reserved, after %d have left"
                            .formatted(product, left, stock.get("reserved"), gone));
        }
    }

    private void checkSearch(Shopping shopping, Map<UUID, JsonNode> orders, Findings findings) {
        var found = byId(
                mall.list("/api/search/orders?customerId=" + shopping.customer()), "search view of order", findings);
        orders.forEach((id, order) -> {
            var view = found.get(id);
            if (view == null) {
                findings.lost("order " + id + " is not found by the search");
            } else {
                for (var field : List.of("status", "total", "paymentId", "shoppingListId", "invoiceId", "version")) {
                    findings.wrongUnless(
                            !view.has(field) || view.get(field).equals(order.get(field)),
                            "the search says of order %s that its %s is %s, not %s"
                                    .formatted(id, field, view.get(field), order.get(field)));
                }
            }
        });
    }

    private static Map<UUID, JsonNode> byId(List<JsonNode> items, String what, Findings findings) {
        var byId = new HashMap<UUID, JsonNode>();
        for (var item : items) {
            var id = UUID.fromString(item.get("id").asText());
            if (byId.put(id, item) != null) {
                findings.twice(what + " " + id);
            }
        }
        return byId;
    }

    /** The customer was told of each change once. */
    private void checkNotifications(Shopping shopping, Map<UUID, List<String>> histories, Findings findings) {
        var told = new HashMap<UUID, Map<String, Long>>();
        for (var letter : mall.list("/api/notifications?customerId=" + shopping.customer())) {
            var order = UUID.fromString(letter.get("orderId").asText());
            var occasion = letter.get("occasion").asText();
            told.computeIfAbsent(order, any -> new HashMap<>()).merge(occasion, 1L, Long::sum);
            findings.wrongUnless(
                    letter.get("status").asText().equals("SENT"),
                    "the letter %s about order %s is %s"
                            .formatted(occasion, order, letter.get("status").asText()));
        }
        histories.forEach((order, changes) -> {
            var letters = told.getOrDefault(order, Map.of());
            var expected = changes.stream()
                    .map(OCCASIONS::get)
                    .filter(occasion -> occasion != null)
                    .collect(toSet());
            expected.forEach(occasion ->
                    findings.once(letters.getOrDefault(occasion, 0L), "letter " + occasion + " about order " + order));
            letters.keySet().stream()
                    .filter(occasion -> !expected.contains(occasion))
                    .forEach(occasion -> findings.wrong("a letter " + occasion + " about order " + order));
        });
    }

    /** Nothing is under way any more, and nothing was put aside but what had to be. */
    private void checkQuiet(Set<String> parked, Findings findings) {
        var sagas = database.count(
                "orchestrator",
                "select count(*) from orchestrator.saga where status not in ('COMPLETED', 'COMPENSATED')");
        findings.wrongUnless(sagas == 0, sagas + " sagas are in flight");
        for (var service : Database.SERVICES) {
            var pending = database.count(service, "select count(*) from " + service + ".outbox_pending");
            findings.wrongUnless(pending == 0, pending + " messages of " + service + " wait for their publication");
            database
                    .ask(
                            service,
                            "select message_id || ' ' || coalesce(type, '?') || ': ' || reason from " + service
                                    + ".parked_message where status = 'PARKED'")
                    .stream()
                    .filter(message -> parked.stream().noneMatch(message::contains))
                    .forEach(message -> findings.wrong(service + " has parked " + message));
        }
    }

    /**
     * Even where a repetition changes nothing in the end: what handling a message has led to, a reply or an event, was
     * written with one transaction, since a message seen before is not handled but answered with the stored reply. Dead
     * letters say what cannot be read, and are not looked at.
     */
    private void checkHandledOnce(Findings findings) {
        for (var service : Database.SERVICES) {
            database.ask(service, """
                            select string_agg(distinct m->'headers'->>'Type', ', ') || ' because of the message '
                                       || (m->'headers'->>'Causation-Id')
                              from %s.outbox o, json_array_elements(o.messages::json) m
                             where strpos(o.kinds, 'dlq.') = 0 and m->'headers'->>'Causation-Id' is not null
                             group by m->'headers'->>'Causation-Id'
                            having count(distinct o.id) > 1
                            """.formatted(service))
                    .forEach(said -> findings.twice(service + " has said more than once " + said));
        }
    }

    private void checkCopies(Findings findings) {
        var products =
                "select id || ' ' || version || ' ' || store_id || ' ' || name || ' ' || amount || ' ' || currency from ";
        var owned = Set.copyOf(database.ask("stores", products + "stores.catalog"));
        for (var service : List.of("baskets", "ordering")) {
            var copied =
                    Set.copyOf(database.ask(service, products + service + ".catalogue_product where name is not null"));
            owned.stream()
                    .filter(product -> !copied.contains(product))
                    .forEach(product -> findings.wrong(service + " does not know the product " + product));
            copied.stream()
                    .filter(product -> !owned.contains(product))
                    .forEach(product -> findings.wrong(service + " still believes in the product " + product));
        }
    }
}
