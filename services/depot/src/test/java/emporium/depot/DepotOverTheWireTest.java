package emporium.depot;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import emporium.contracts.WireTypes;
import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.DepotReply;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.Line;
import emporium.contracts.depot.ShoppingInitiated;
import emporium.contracts.depot.ShoppingListCancelled;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.messaging.Endpoint;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    /** An endpoint that sends commands to the depot and waits for the replies. */
    @Singleton
    static class Asker {

        private final Map<UUID, DepotReply> replies = new ConcurrentHashMap<>();

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
                    .wire(WireTypes.of(DepotCommand.class, DepotReply.class))
                    .replyBatches(DepotReply.class, batch -> batch.forEach(this::keep))
                    .build();
        }

        DepotReply ask(DepotCommand command) {
            var id = ids.next();
            QuarkusTransaction.requiringNew().run(() -> outbox.send(id, id, command));
            return await().until(() -> replies.get(id), reply -> reply != null);
        }

        private void keep(Received<DepotReply> reply) {
            replies.put(reply.envelope().causationId(), reply.body());
        }
    }
}
