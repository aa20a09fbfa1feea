package emporium.stores;

import static emporium.stores.Shop.addProduct;
import static emporium.stores.Shop.openStore;
import static emporium.stores.Shop.post;
import static emporium.stores.Shop.priceChange;
import static emporium.stores.Shop.put;
import static io.restassured.RestAssured.when;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.Money;
import emporium.contracts.stores.FindProduct;
import emporium.contracts.stores.ProductChanged;
import emporium.contracts.stores.ProductFound;
import emporium.contracts.stores.ProductNotFound;
import emporium.contracts.stores.ProductRemoved;
import emporium.contracts.stores.StoreChanged;
import emporium.contracts.stores.StoresAnswer;
import emporium.contracts.stores.StoresEvent;
import emporium.messaging.OwnedBy;
import emporium.messaging.Queries;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StoresMessagesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Neighbour neighbour;

    @Inject
    @OwnedBy("neighbour")
    Queries queries;

    @Test
    void every_change_is_told_to_the_others_with_the_full_state() {
        var store = openStore("Lamps");
        put("/api/stores/" + store + "/participating", "{\"participating\": true}");
        put("/api/stores/" + store + "/participating", "{\"participating\": true}");
        put("/api/stores/" + store + "/name", "{\"name\": \"Lights\"}");
        var product = addProduct(store, "L-1", 1999);
        post("/api/products/" + product + "/price-increases", priceChange(2499, "costs"));
        post("/api/products/" + product + "/price-increases", priceChange(1, "by mistake"));
        when().delete("/api/products/" + product);

        var told = Set.of(
                new StoreChanged(store, 1, "Lamps", "First floor", false),
                new StoreChanged(store, 2, "Lamps", "First floor", true),
                new StoreChanged(store, 3, "Lights", "First floor", true),
                new ProductChanged(product, 1, store, "Lamp", "It shines.", "L-1", new Money(1999, "EUR")),
                new ProductChanged(product, 2, store, "Lamp", "It shines.", "L-1", new Money(2499, "EUR")),
                new ProductRemoved(product, 3, store));
        await().atMost(SOON).until(() -> heardOf(store).size() >= told.size());
        assertEquals(told, Set.copyOf(heardOf(store)));
    }

    @Test
    void who_has_not_heard_of_a_product_can_ask() {
        var store = openStore("Lamps");
        var product = addProduct(store, "L-1", 1999);

        assertEquals(
                new ProductFound(
                        new ProductChanged(product, 1, store, "Lamp", "It shines.", "L-1", new Money(1999, "EUR")),
                        new StoreChanged(store, 1, "Lamps", "First floor", false)),
                ask(product));
        when().delete("/api/products/" + product);
        assertEquals(new ProductNotFound(product), ask(product));
    }

    private StoresAnswer ask(UUID product) {
        return queries.ask(new FindProduct(product), StoresAnswer.class, SOON);
    }

    private List<StoresEvent> heardOf(UUID store) {
        return neighbour.heard().stream()
                .filter(event -> store.equals(storeOf(event)))
                .toList();
    }

    private static UUID storeOf(StoresEvent event) {
        return switch (event) {
            case StoreChanged changed -> changed.store();
            case ProductChanged changed -> changed.store();
            case ProductRemoved removed -> removed.store();
        };
    }
}
