package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The README's example runs, and the README shows it as it is. */
@QuarkusTest
class FloristTest {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "florist.BindBouquet.v1", BindBouquet.class,
            "florist.BouquetBound.v1", BouquetBound.class,
            "florist.FlowersUsed.v1", FlowersUsed.class);

    @Inject
    @OwnedBy("customer")
    Outbox customer;

    @Inject
    Customer desk;

    @Inject
    MessageIds ids;

    @Test
    void the_readmes_participant_answers_and_tells_what_it_used() {
        var id = ids.next();
        var ann = UUID.randomUUID();
        QuarkusTransaction.requiringNew().run(() -> customer.send(id, id, new BindBouquet(ann, "roses")));
        await().until(() -> desk.heard.size() == 2);
        assertTrue(desk.heard.contains(new BouquetBound("a bouquet of roses")));
        assertTrue(desk.heard.contains(new FlowersUsed("roses")));
    }

    @Test
    void the_readme_shows_this_very_code() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var shown = readme.substring(readme.indexOf("```java\n") + 8);
        var source = Files.readString(Path.of("src/test/java/emporium/messaging/FloristTest.java"));
        assertEquals(unindented(shown.substring(0, shown.indexOf("```"))), unindented(between(source)));
    }

    private static String between(String source) {
        var begin = source.indexOf("// readme: begin\n") + "// readme: begin\n".length();
        return source.substring(begin, source.lastIndexOf("// readme: end"));
    }

    private static List<String> unindented(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    record BindBouquet(UUID customer, String flowers) {}

    record BouquetBound(String bouquet) {}

    record FlowersUsed(String flowers) {}

    @Singleton
    static class Florist {

        private final Outbox outbox;

        Florist(@OwnedBy("florist") Outbox outbox) {
            this.outbox = outbox;
        }

        // readme: begin
        @Produces
        @Singleton
        @OwnedBy("florist")
        Endpoint florist() {
            return Endpoint.named("florist")
                    .wire(TYPES)
                    .migrations("db/florist")
                    .commands(BindBouquet.class, this::bind)
                    .build();
        }

        BouquetBound bind(BindBouquet command) {
            outbox.publish(command.customer(), new FlowersUsed(command.flowers()));
            return new BouquetBound("a bouquet of " + command.flowers());
        }
        // readme: end
    }

    @Singleton
    static class Customer {

        final List<Object> heard = new CopyOnWriteArrayList<>();

        @Produces
        @Singleton
        @OwnedBy("customer")
        Endpoint customer() {
            return Endpoint.named("customer")
                    .wire(TYPES)
                    .replyBatches(BouquetBound.class, batch -> batch.forEach(reply -> heard.add(reply.body())))
                    .events("florist", FlowersUsed.class, heard::add)
                    .build();
        }
    }
}
