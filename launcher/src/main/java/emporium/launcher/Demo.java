package emporium.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import emporium.infra.InfraException;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code ./emporium demo}: walks one shopper through the whole story in a running mall, a line for each change. */
final class Demo {

    private static final Duration PATIENCE_WITH_BOTS = Duration.ofSeconds(20);

    private final Rest rest;
    private final JsonRest mall;
    private final Patience patience;
    private final long begun = System.nanoTime();

    Demo(Rest rest) {
        this.rest = rest;
        this.mall = new JsonRest(rest);
        this.patience = new Patience(mall);
    }

    /** Whatever does not come as told ends it with a sentence. */
    int run() throws IOException {
        if (!rest.isReady()) {
            throw new InfraException("No mall is ready at " + rest.address()
                    + "; start one with ./emporium up, or say with --port where it is.");
        }
        System.out.println("Ada walks through the mall at " + rest.address() + ".");
        var wares = Ware.ofTwoStores(mall);
        var ada = registered();
        completed(bought(ada, wares), ada, wares);
        cancelled(ada, wares.getFirst());
        System.out.println("The story is told.");
        return 0;
    }

    private String registered() throws IOException {
        var ada = mall.post(
                "/api/customers",
                Map.of("name", "Ada Lane", "email", "ada@example.org", "smsNumber", "+44 7700 900123"));
        say("Ada Lane is registered as a customer: %s", id(ada));
        return id(ada);
    }

    private String authorized(String customer, long cents) throws IOException {
        var payment = mall.post(
                "/api/payments", Map.of("customerId", customer, "amount", Ware.eur(cents), "method", "approve"));
        say("her payment of %s is %s", money(payment.get("amount")), text(payment, "status"));
        return id(payment);
    }

    /** From the first basket to the order that it becomes. */
    private String bought(String ada, List<Ware> wares) throws IOException {
        var payment = authorized(ada, wares.stream().mapToLong(Ware::cents).sum());
        var basket = mall.post("/api/baskets", Map.of("customerId", ada));
        say("she has a basket, which is %s", text(basket, "status"));
        for (var ware : wares) {
            mall.put("/api/baskets/" + id(basket) + "/items/" + ware.id(), Map.of("quantity", 1));
            say("into it goes: %s, from %s", ware.name(), ware.storeName());
        }
        var order =
                text(mall.post("/api/baskets/" + id(basket) + "/checkout", Map.of("paymentId", payment)), "orderId");
        say("the basket is checked out, and becomes the order %s", order);
        reached("PENDING", order);
        return order;
    }

    private void completed(String order, String ada, List<Ware> wares) throws IOException {
        reached("APPROVED", order);
        fetched(text(order(order), "shoppingListId"));
        reached("READY", order);
        paid(order);
        reached("COMPLETED", order);
        mailed(order, List.of("CREATED", "APPROVED", "READY", "COMPLETED"));
        found(order, ada, wares.getLast().storeName());
    }

    private void fetched(String list) throws IOException {
        var path = "/api/depot/shopping-lists/" + list;
        var offered = patience.await(
                "no list was offered", path, it -> !text(it, "status").equals("PENDING"));
        var stops = StreamSupport.stream(offered.get("stops").spliterator(), false)
                .map(stop -> text(stop, "storeName"))
                .collect(Collectors.joining(", then "));
        say("its shopping list is AVAILABLE to the bots: %s", stops);
        if (!isTakenByABot(path)) {
            say("no bot comes, so this demo plays one");
            Thread.ofVirtual().start(() -> playBot(list));
        }
        var assigned = patience.await("no bot took the list", path, Demo::isTaken);
        var bot = text(mall.get("/api/depot/bots/" + text(assigned, "botId")), "name");
        say("the list is ASSIGNED to %s", bot);
        patience.await(
                "the list was not completed", path, it -> text(it, "status").equals("COMPLETED"));
        say("the list is COMPLETED: %s has brought everything, and the stock went down", bot);
    }

    /** Bots that are there may be busy, or in the hands of somebody who does not let them work. */
    private boolean isTakenByABot(String list) throws IOException {
        var bots = mall.get("/api/depot/bots?limit=500").get("items");
        return StreamSupport.stream(bots.spliterator(), false)
                        .anyMatch(bot -> !text(bot, "status").equals("SILENT"))
                && isTaken(patience.within(PATIENCE_WITH_BOTS, list, Demo::isTaken));
    }

    private static boolean isTaken(JsonNode list) {
        return list.path("botId").isTextual();
    }

    /** Should it fail, the list is not completed in time, and that is told. */
    private void playBot(String list) {
        try {
            new SimulatedBot("The demo's bot", mall, Duration.ZERO).fetch(list);
        } catch (IOException e) {
            say("the bot has failed: %s", e.getMessage());
        }
    }

    private void paid(String order) throws IOException {
        var invoices = patience.await("no invoice was issued", "/api/invoices?orderId=" + order, it -> !it.path("items")
                .isEmpty());
        var invoice = invoices.get("items").get(0);
        say("the invoice of %s is %s", money(invoice.get("amount")), text(invoice, "status"));
        var paid = mall.post("/api/invoices/" + id(invoice) + "/pay", Map.of());
        say("Ada pays: the invoice is %s", text(paid, "status"));
    }

    private void mailed(String order, List<String> occasions) throws IOException {
        var path = "/api/notifications?orderId=" + order;
        for (var occasion : occasions) {
            var mails = patience.await(
                    "no mail told Ada that the order is " + occasion, path, it -> isTold(mail(it, occasion)));
            var mail = mail(mails, occasion);
            say("mail about %s: %s", occasion, told(mail));
        }
    }

    /** Sent, or recorded where there is nobody who could send it. */
    private static boolean isTold(JsonNode mail) {
        return mail.path("status").asText().equals("SENT")
                || mail.path("detail").asText().contains("no SMTP server is configured");
    }

    private static String told(JsonNode mail) {
        return text(mail, "status").equals("SENT")
                ? "SENT to %s, \"%s\"".formatted(text(mail, "recipient"), text(mail, "subject"))
                : "recorded, and to be sent";
    }

    private static JsonNode mail(JsonNode mails, String occasion) {
        return StreamSupport.stream(mails.path("items").spliterator(), false)
                .filter(mail -> text(mail, "occasion").equals(occasion))
                .findFirst()
                .orElse(mails.path("none"));
    }

    private void found(String order, String ada, String storeName) throws IOException {
        var path =
                "/api/search/orders?customerId=" + ada + "&status=COMPLETED&q=" + URLEncoder.encode(storeName, UTF_8);
        patience.await("the search did not find the order", path, it -> StreamSupport.stream(
                        it.path("items").spliterator(), false)
                .anyMatch(found -> id(found).equals(order)));
        say("the search for \"%s\" finds the order", storeName);
    }

    /** A second order, which she regrets. */
    private void cancelled(String ada, Ware ware) throws IOException {
        var payment = authorized(ada, ware.cents());
        var wish = Map.of(
                "customerId", ada,
                "paymentId", payment,
                "items", List.of(Map.of("productId", ware.id(), "quantity", 1)));
        var order = id(mall.post("/api/orders", wish));
        say("she orders %s as well, without a basket: the order %s", ware.name(), order);
        reached("APPROVED", order);
        mall.post("/api/orders/" + order + "/cancel", Map.of("reason", "Ada has one already"));
        reached("CANCELLING", order);
        reached("CANCELLED", order);
        var list = mall.get("/api/depot/shopping-lists/" + text(order(order), "shoppingListId"));
        say("its shopping list is %s, and the goods can be had by others", text(list, "status"));
        var returned =
                patience.await("the money did not come back", "/api/payments/" + payment, it -> text(it, "status")
                        .matches("VOIDED|REFUNDED"));
        say("its payment is %s: the money is Ada's again", text(returned, "status"));
        mailed(order, List.of("CANCELLED"));
    }

    /** Reads it off the order's history, so that what lasted a moment only is not missed. */
    private void reached(String status, String order) throws IOException {
        var history = patience.await(
                "the order was not " + status,
                "/api/orders/" + order + "/history",
                it -> was(it, status) || was(it, "REJECTED"));
        if (!was(history, status)) {
            throw new InfraException("The order was refused: " + text(order(order), "reason"));
        }
        say("the order is %s", status);
    }

    private static boolean was(JsonNode history, String status) {
        return StreamSupport.stream(history.path("items").spliterator(), false)
                .anyMatch(change -> text(change, "status").equals(status));
    }

    private JsonNode order(String order) throws IOException {
        return mall.get("/api/orders/" + order);
    }

    private void say(String sentence, Object... parts) {
        var seconds = Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
        System.out.printf("%6.1f s  %s%n", seconds, sentence.formatted(parts));
    }

    private static String money(JsonNode money) {
        return "%d.%02d %s"
                .formatted(
                        money.get("amount").asLong() / 100,
                        money.get("amount").asLong() % 100,
                        text(money, "currency"));
    }

    private static String id(JsonNode node) {
        return text(node, "id");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }
}
