package emporium.depot;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import emporium.contracts.WireTypes;
import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.DepotEvent;
import emporium.contracts.depot.DepotReply;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.ShoppingInitiated;
import emporium.contracts.depot.ShoppingListCancelled;
import emporium.contracts.depot.ShoppingListCompleted;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.messaging.Endpoint;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Commands sent by another endpoint, through JetStream. */
@QuarkusTest
class DepotOverTheWireTest {

    @Inject
    Asker asker;

    private final UUID order = UUID.randomUUID();

    @Test
    void commands_are_answered_with_replies() {
        var line = new Line(UUID.randomUUID(), "Lamp", UUID.randomUUID(), "Lights & Co", 1);
        var created = asker.ask(new CreateShoppingList(order, List.of(line)));
        assertEquals(order, assertInstanceOf(ShoppingListCreated.class, created).order());
        assertEquals(new ShoppingInitiated(order), asker.ask(new InitiateShopping(order)));
        assertEquals(new ShoppingListCancelled(order), asker.ask(new CancelShoppingList(order)));
    }

    @Test
    void a_completed_list_is_told_to_all_once() {
        var bot = post("bots", "{\"name\": \"Wall-" + order + "\"}").getUUID("id");
        var line = new Line(UUID.randomUUID(), "Lamp", UUID.randomUUID(), "Lights & Co", 1);
        var list = ((ShoppingListCreated) asker.ask(new CreateShoppingList(order, List.of(line)))).shoppingList();
        asker.ask(new InitiateShopping(order));
        post("shopping-lists/" + list + "/assign", "{\"botId\": \"" + bot + "\"}");
        post("shopping-lists/" + list + "/complete", "{\"botId\": \"" + bot + "\"}");
        var completed = await().until(() -> asker.completed.get(order), event -> event != null);
        assertEquals(new ShoppingListCompleted(order, list, bot, completed.at()), completed);
        asker.ask(new CancelShoppingList(order));
        assertEquals(1, asker.heard.get());
    }

    private static JsonPath post(String path, String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/api/depot/" + path)
                .then()
                .statusCode(anyOf(is(200), is(201)))
                .extract()
                .jsonPath();
    }

    /** An endpoint that sends commands to the depot, waits for the replies, and hears what the depot tells. */
    @Singleton
    static class Asker {

        private final Map<UUID, DepotReply> replies = new ConcurrentHashMap<>();
        private final Map<UUID, ShoppingListCompleted> completed = new ConcurrentHashMap<>();
        private final AtomicInteger heard = new AtomicInteger();

        @Inject
        @OwnedBy("asker")
        Outbox outbox;

        @Inject
        MessageIds ids;

        @Produces
        @Singleton
        @OwnedBy("asker")
        Endpoint endpoint() {
            return Endpoint.named("asker")
                    .wire(WireTypes.of(DepotCommand.class, DepotReply.class, DepotEvent.class))
                    .replyBatches(DepotReply.class, batch -> batch.forEach(this::keep))
                    .events("depot", DepotEvent.class, this::hear)
                    .build();
        }

        DepotReply ask(DepotCommand command) {
            var id = ids.next();
            QuarkusTransaction.requiringNew().run(() -> outbox.send(id, id, command));
            return await().until(() -> replies.get(id), reply -> reply != null);
        }

        private void hear(DepotEvent event) {
            switch (event) {
                case ShoppingListCompleted list -> completed.put(list.order(), list);
            }
            heard.incrementAndGet();
        }

        private void keep(Received<DepotReply> reply) {
            replies.put(reply.envelope().causationId(), reply.body());
        }
    }
}
