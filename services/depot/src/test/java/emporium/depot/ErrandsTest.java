package emporium.depot;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.DepotReply;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.ShoppingListCreated;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bots and their lists. */
@QuarkusTest
class ErrandsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Inject
    DepotCommands commands;

    @Inject
    Errands errands;

    @Inject
    Bots bots;

    @Inject
    StockRoom stockRoom;

    @Inject
    InstantSource clock;

    @Inject
    SessionFactory sessions;

    @Inject
    SilentBots silentBots;

    private final UUID store = UUID.randomUUID();
    private final UUID lamp = UUID.randomUUID();
    private final UUID order = UUID.randomUUID();
    private UUID ann;
    private UUID bob;
    private UUID list;

    /** Statements are counted here, and sweeps made by hand. */
    @BeforeEach
    void nobody_sweeps_in_the_background() {
        silentBots.stop(new ShutdownEvent());
    }

    @BeforeEach
    void three_of_ten_lamps_are_on_a_list_that_waits_for_one_of_two_bots() {
        ann = bot();
        bob = bot();
        count(lamp, 10);
        list = available(order, 3);
    }

    @Test
    void a_list_is_in_the_hands_of_the_bot_that_took_it() {
        assign(list, ann).statusCode(200).body("status", equalTo("ASSIGNED")).body("botId", equalTo(ann.toString()));
        list(list).body("status", equalTo("ASSIGNED")).body("botId", equalTo(ann.toString()));
        bot(ann).body("status", equalTo("ACTIVE")).body("shoppingListId", equalTo(list.toString()));
        assertStock(10, 3);
    }

    @Test
    void what_a_bot_brings_home_has_left_the_shelves_and_the_bot_is_idle() {
        assign(list, ann).statusCode(200);
        complete(list, ann).statusCode(200).body("status", equalTo("COMPLETED"));
        list(list).body("status", equalTo("COMPLETED")).body("botId", equalTo(ann.toString()));
        bot(ann).body("status", equalTo("IDLE")).body("shoppingListId", nullValue());
        assertStock(7, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-www-form-urlencoded", "text/plain"})
    void a_list_can_be_completed_without_saying_by_whom(String contentType) {
        assign(list, ann).statusCode(200);
        given().contentType(contentType)
                .post("/api/depot/shopping-lists/{id}/complete", list)
                .then()
                .statusCode(200);
        assertStock(7, 0);
    }

    @Test
    void a_request_that_does_not_even_name_a_type_completes_a_list() throws Exception {
        assign(list, ann).statusCode(200);
        var path = "/api/depot/shopping-lists/" + list + "/complete";
        var post = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try (var client = HttpClient.newHttpClient()) {
            assertEquals(
                    200,
                    client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode());
        }
        assertStock(7, 0);
    }

    @Test
    void a_list_is_completed_once() {
        assign(list, ann).statusCode(200);
        complete(list, ann).statusCode(200);
        complete(list, ann).statusCode(409).contentType("application/problem+json");
        assertStock(7, 0);
    }

    @Test
    void a_list_that_is_not_available_is_assigned_to_nobody() {
        var pending = pending();
        assign(pending, ann).statusCode(409).body("detail", containsString("PENDING"));
        assign(list, bob).statusCode(200);
        assign(list, ann).statusCode(409).body("detail", containsString("ASSIGNED"));
        complete(list, bob).statusCode(200);
        assign(list, ann).statusCode(409).body("detail", containsString("COMPLETED"));
        handle(new CancelShoppingList(order));
        assign(list, ann).statusCode(409).body("detail", containsString("CANCELLED"));
        bot(ann).body("status", equalTo("IDLE"));
    }

    @Test
    void a_bot_has_one_list_at_a_time() {
        var other = available(UUID.randomUUID(), 1);
        assign(list, ann).statusCode(200);
        assign(other, ann).statusCode(409).body("detail", containsString(list.toString()));
        complete(list, ann).statusCode(200);
        assign(other, ann).statusCode(200);
    }

    @Test
    void a_list_that_nobody_took_cannot_be_completed() {
        complete(list, ann).statusCode(409).body("detail", containsString("AVAILABLE"));
        assertStock(10, 3);
    }

    @Test
    void an_unknown_list_or_bot_is_not_found() {
        assign(UUID.randomUUID(), ann).statusCode(404);
        assign(list, UUID.randomUUID()).statusCode(404);
        complete(UUID.randomUUID(), ann).statusCode(404);
        list(list).body("status", equalTo("AVAILABLE"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"botId\": null}", "{\"botId\": \"R2\"}", "[]", "{\"botId\""})
    void an_assignment_to_no_bot_is_bad_input(String body) {
        post(list, "assign", body).statusCode(400).contentType("application/problem+json");
        list(list).body("status", equalTo("AVAILABLE"));
    }

    @Test
    void of_bots_that_race_for_a_list_one_wins() throws Exception {
        var racers = IntStream.range(0, 8).mapToObj(i -> bot()).toList();
        var answers = race(racers.stream()
                .<Callable<Integer>>map(
                        racer -> () -> assign(list, racer).extract().statusCode())
                .toList());
        assertEquals(1, answers.stream().filter(status -> status == 200).count());
        assertEquals(7, answers.stream().filter(status -> status == 409).count());
    }

    @Test
    void a_bot_that_grabs_many_lists_at_once_gets_one() throws Exception {
        var lists = IntStream.range(0, 6)
                .mapToObj(i -> available(UUID.randomUUID(), 1))
                .toList();
        var answers = race(lists.stream()
                .<Callable<Integer>>map(
                        each -> () -> assign(each, ann).extract().statusCode())
                .toList());
        assertEquals(1, answers.stream().filter(status -> status == 200).count());
        assertEquals(5, answers.stream().filter(status -> status == 409).count());
    }

    @Test
    void a_completion_that_races_a_cancel_leaves_the_stock_as_it_was_before_the_order() throws Exception {
        for (int i = 0; i < 10; i++) {
            var raced = UUID.randomUUID();
            var taken = available(raced, 2);
            assign(taken, ann).statusCode(200);
            ErrandsTest.<Object>race(List.of(
                    () -> complete(taken, ann).extract().statusCode(), () -> handle(new CancelShoppingList(raced))));
            list(taken).body("status", equalTo("CANCELLED"));
            assertStock(10, 3);
        }
    }

    @Test
    void a_recalled_list_frees_its_bot_and_the_stock() {
        assign(list, ann).statusCode(200);
        handle(new CancelShoppingList(order));
        list(list).body("status", equalTo("CANCELLED")).body("botId", nullValue());
        bot(ann).body("status", equalTo("IDLE"));
        heartbeat(ann).body("shoppingListId", nullValue());
        complete(list, ann).statusCode(409);
        assertStock(10, 0);
        assign(available(UUID.randomUUID(), 1), ann).statusCode(200);
    }

    @Test
    void the_goods_of_a_completed_list_go_back_on_the_shelves_when_it_is_cancelled() {
        assign(list, ann).statusCode(200);
        complete(list, ann).statusCode(200);
        handle(new CancelShoppingList(order));
        handle(new CancelShoppingList(order));
        list(list).body("status", equalTo("CANCELLED"));
        assertStock(10, 0);
    }

    @Test
    void shopping_initiated_again_takes_no_list_out_of_a_bots_hands() {
        assign(list, ann).statusCode(200);
        handle(new InitiateShopping(order));
        list(list).body("status", equalTo("ASSIGNED"));
        complete(list, ann).statusCode(200);
        handle(new InitiateShopping(order));
        list(list).body("status", equalTo("COMPLETED"));
    }

    @Test
    void a_silent_bot_loses_its_list_to_another_and_completes_too_late() {
        assign(list, ann).statusCode(200);
        assertEquals(0, sweepIn(LIMIT.minusSeconds(5)));
        sweepIn(LIMIT.plusSeconds(5));
        list(list).body("status", equalTo("AVAILABLE")).body("botId", nullValue());
        complete(list, ann).statusCode(409);
        assign(list, bob).statusCode(200);
        complete(list, ann).statusCode(409).body("detail", containsString("another bot"));
        heartbeat(ann).body("shoppingListId", nullValue());
        list(list).body("status", equalTo("ASSIGNED")).body("botId", equalTo(bob.toString()));
        complete(list, bob).statusCode(200);
        assertStock(7, 0);
    }

    @Test
    void a_bot_that_is_heard_keeps_its_list_however_long_it_takes() {
        assign(list, ann).statusCode(200);
        heardIn(ann, Duration.ofHours(1));
        sweepIn(Duration.ofHours(1).plusSeconds(20));
        list(list).body("status", equalTo("ASSIGNED"));
    }

    @Test
    void asking_for_work_is_a_sign_of_life() {
        heardIn(ann, Duration.ofHours(-1));
        bot(ann).body("status", equalTo("SILENT"));
        assign(list, ann).statusCode(200);
        sweepIn(Duration.ofSeconds(1));
        bot(ann).body("status", equalTo("ACTIVE"));
    }

    @Test
    void a_bot_whose_heartbeat_comes_at_this_moment_keeps_its_list() throws Exception {
        assign(list, ann).statusCode(200);
        var heard = new CountDownLatch(1);
        var swept = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var heartbeat =
                    threads.submit(() -> QuarkusTransaction.requiringNew().call(() -> {
                        bots.heard(ann, clock.instant().plus(Duration.ofHours(1)));
                        heard.countDown();
                        return swept.await(1, TimeUnit.MINUTES);
                    }));
            assertTrue(heard.await(1, TimeUnit.MINUTES));
            sweepIn(Duration.ofHours(1));
            swept.countDown();
            assertTrue(heartbeat.get());
        }
        list(list).body("status", equalTo("ASSIGNED"));
    }

    @Test
    void replicas_that_sweep_at_the_same_time_release_each_list_once() throws Exception {
        sweepIn(Duration.ofHours(1));
        takeSome(20);
        var released = race(IntStream.range(0, 4)
                .<Callable<Integer>>mapToObj(i -> () -> sweepIn(Duration.ofHours(1)))
                .toList());
        assertEquals(20, released.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void a_sweep_costs_two_statements_whatever_it_finds() {
        sweepIn(Duration.ofHours(1));
        assertEquals(1, statementsOf(() -> sweepIn(Duration.ofHours(1))));
        takeSome(3);
        assertEquals(2, statementsOf(() -> sweepIn(Duration.ofHours(1))));
        takeSome(40);
        assertEquals(2, statementsOf(() -> sweepIn(Duration.ofHours(1))));
    }

    @Test
    void a_completion_costs_four_statements_however_many_products_it_is_about() {
        assign(list, ann).statusCode(200);
        assertEquals(4, statementsOf(() -> complete(list, ann).statusCode(200)));
        var products = IntStream.range(0, 40).mapToObj(i -> UUID.randomUUID()).toList();
        products.forEach(product -> count(product, 1));
        var many = available(UUID.randomUUID(), products.stream().map(product -> line(product, 1)));
        assign(many, ann).statusCode(200);
        assertEquals(4, statementsOf(() -> complete(many, ann).statusCode(200)));
    }

    @Test
    void a_batch_of_cancels_costs_four_statements_whatever_its_size_and_the_states_of_its_lists() {
        assertEquals(4, statementsOf(cancels(2)));
        assertEquals(4, statementsOf(cancels(20)));
    }

    /** Cancels of lists, half of them in the hands of a bot, half completed. */
    private Runnable cancels(int pairs) {
        count(lamp, 1000);
        var orders =
                IntStream.range(0, 2 * pairs).mapToObj(i -> UUID.randomUUID()).toList();
        for (int i = 0; i < orders.size(); i++) {
            var bot = bot();
            var taken = available(orders.get(i), 1);
            assign(taken, bot).statusCode(200);
            if (i % 2 == 0) {
                complete(taken, bot).statusCode(200);
            }
        }
        var batch = orders.stream().map(CancelShoppingList::new).toArray(DepotCommand[]::new);
        return () -> handle(batch);
    }

    private void takeSome(int howMany) {
        for (int i = 0; i < howMany; i++) {
            assign(availableUnlimited(), bot()).statusCode(200);
        }
    }

    private UUID availableUnlimited() {
        return available(UUID.randomUUID(), Stream.of(line(UUID.randomUUID(), 1)));
    }

    private long statementsOf(Runnable work) {
        var statistics = sessions.getStatistics();
        statistics.setStatisticsEnabled(true);
        var before = statistics.getPrepareStatementCount();
        work.run();
        return statistics.getPrepareStatementCount() - before;
    }

    private int sweepIn(Duration ahead) {
        var then = InstantSource.fixed(clock.instant().plus(ahead));
        return new SilentBots(errands, then, LIMIT, LIMIT).sweepOnce();
    }

    private void heardIn(UUID bot, Duration ahead) {
        QuarkusTransaction.requiringNew()
                .run(() -> bots.lock(bot).heard(clock.instant().plus(ahead)));
    }

    private static <T> List<T> race(List<Callable<T>> racers) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ArrayList<T>();
            for (var racer : threads.invokeAll(racers)) {
                results.add(racer.get());
            }
            return results;
        }
    }

    private UUID available(UUID order, int lamps) {
        return available(order, Stream.of(line(lamp, lamps)));
    }

    private UUID available(UUID order, Stream<Line> lines) {
        var created = (ShoppingListCreated)
                handle(new CreateShoppingList(order, lines.toList())).getFirst();
        handle(new InitiateShopping(order));
        return created.shoppingList();
    }

    private UUID pending() {
        var created = (ShoppingListCreated) handle(new CreateShoppingList(UUID.randomUUID(), List.of(line(lamp, 1))))
                .getFirst();
        return created.shoppingList();
    }

    private Line line(UUID product, int quantity) {
        return new Line(product, "Lamp", store, "Lights & Co", quantity);
    }

    private List<DepotReply> handle(DepotCommand... batch) {
        return QuarkusTransaction.requiringNew().call(() -> {
            commands.prefetch(List.of(batch));
            return Stream.of(batch).map(commands::handle).toList();
        });
    }

    private void count(UUID product, long quantity) {
        QuarkusTransaction.requiringNew()
                .run(() -> stockRoom.lockOrBegin(product).count(quantity));
    }

    private static UUID bot() {
        return given().contentType("application/json")
                .body(Map.of("name", "Bot " + UUID.randomUUID()))
                .post("/api/depot/bots")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getUUID("id");
    }

    private static ValidatableResponse bot(UUID id) {
        return when().get("/api/depot/bots/{id}", id).then().statusCode(200);
    }

    private static ValidatableResponse list(UUID id) {
        return when().get("/api/depot/shopping-lists/{id}", id).then().statusCode(200);
    }

    private static ValidatableResponse heartbeat(UUID bot) {
        return when().post("/api/depot/bots/{id}/heartbeat", bot).then().statusCode(200);
    }

    private static ValidatableResponse assign(UUID list, UUID bot) {
        return post(list, "assign", "{\"botId\": \"" + bot + "\"}");
    }

    private static ValidatableResponse complete(UUID list, UUID bot) {
        return post(list, "complete", "{\"botId\": \"" + bot + "\"}");
    }

    private static ValidatableResponse post(UUID list, String move, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/depot/shopping-lists/{id}/{move}", list, move)
                .then();
    }

    private void assertStock(int quantity, int reserved) {
        when().get("/api/depot/stock/{id}", lamp)
                .then()
                .body("quantity", equalTo(quantity))
                .body("reserved", equalTo(reserved));
    }
}
