package emporium.baskets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.Money;
import emporium.contracts.stores.ProductChanged;
import emporium.contracts.stores.ProductRemoved;
import emporium.contracts.stores.StoreChanged;
import emporium.contracts.stores.StoresEvent;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CatalogueTest {
    private static final int HISTORIES = 60;

    @Inject
    Catalogue catalogue;

    private final UUID lights = UUID.randomUUID();
    private final UUID lamp = UUID.randomUUID();
    private final UUID bulb = UUID.randomUUID();

    @Test
    void what_was_never_heard_of_is_not_there() {
        assertEquals(Map.of(), catalogue.find(List.of(lamp)));
    }

    @Test
    void a_product_is_there_once_its_store_is_known_too() {
        take(lamp(1, 1999));
        assertEquals(Map.of(), catalogue.find(List.of(lamp)));
        take(store(1, true));
        assertEquals(Map.of(lamp, known(1, 1999, 1)), catalogue.find(List.of(lamp, bulb)));
    }

    @Test
    void an_older_event_that_comes_late_changes_nothing() {
        take(store(3, true), lamp(5, 1500));
        take(store(2, false), lamp(4, 1999));
        assertEquals(known(5, 1500, 3), find());
    }

    @Test
    void an_older_event_later_in_the_same_batch_changes_nothing() {
        take(store(3, true), lamp(5, 1500), lamp(4, 1999), store(2, false));
        assertEquals(known(5, 1500, 3), find());
    }

    @Test
    void a_repeated_event_changes_nothing_even_if_it_tells_something_else() {
        take(store(1, true), lamp(1, 1999));
        take(lamp(1, 1));
        assertEquals(known(1, 1999, 1), find());
    }

    @Test
    void a_removed_product_stays_removed_whatever_comes_late() {
        take(store(1, true), lamp(1, 1999), new ProductRemoved(lamp, 3, lights));
        take(lamp(2, 1500));
        assertEquals(new CatalogueItem(lamp, 3, null, null, lights, 1, "Lights 1", true), find());
    }

    @Test
    void a_removal_may_be_the_first_that_is_heard_of_a_product() {
        take(store(1, true), new ProductRemoved(lamp, 2, lights));
        take(lamp(1, 1999));
        assertEquals(new CatalogueItem(lamp, 2, null, null, lights, 1, "Lights 1", true), find());
    }

    @Test
    void any_order_any_repetition_and_any_batches_end_in_the_newest_state() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            var random = new Random(seed);
            var history = new History(random);
            history.deliver(random);
            assertEquals(
                    history.newest, catalogue.find(List.of(history.product)).get(history.product), "seed " + seed);
        }
    }

    /** What happened to one store and one product, and how the copy must look in the end. */
    private final class History {
        final UUID store = UUID.randomUUID();
        final UUID product = UUID.randomUUID();
        final List<StoresEvent> events = new ArrayList<>();
        final CatalogueItem newest;

        History(Random random) {
            var lastStore = 1 + random.nextInt(6);
            var lastProduct = 1 + random.nextInt(6);
            var removed = random.nextBoolean();
            for (int version = 1; version <= lastStore; version++) {
                events.add(new StoreChanged(store, version, "Store " + version, "", version % 2 == 0));
            }
            for (int version = 1; version <= lastProduct; version++) {
                events.add(new ProductChanged(product, version, store, "P" + version, "", "", euros(version)));
            }
            if (removed) {
                events.add(new ProductRemoved(product, lastProduct + 1, store));
            }
            newest = new CatalogueItem(
                    product,
                    removed ? lastProduct + 1 : lastProduct,
                    removed ? null : "P" + lastProduct,
                    removed ? null : euros(lastProduct),
                    store,
                    lastStore,
                    "Store " + lastStore,
                    lastStore % 2 == 0);
        }

        void deliver(Random random) {
            var deliveries = new ArrayList<>(events);
            events.forEach(event -> deliveries.addAll(Collections.nCopies(random.nextInt(3), event)));
            Collections.shuffle(deliveries, random);
            while (!deliveries.isEmpty()) {
                var batch = deliveries.subList(0, 1 + random.nextInt(deliveries.size()));
                take(batch.toArray(StoresEvent[]::new));
                batch.clear();
            }
        }
    }

    private void take(StoresEvent... events) {
        QuarkusTransaction.requiringNew().run(() -> catalogue.take(List.of(events)));
    }

    private CatalogueItem find() {
        return catalogue.find(List.of(lamp)).get(lamp);
    }

    private StoreChanged store(long version, boolean participating) {
        return new StoreChanged(lights, version, "Lights " + version, "Level 2", participating);
    }

    private ProductChanged lamp(long version, long price) {
        return new ProductChanged(lamp, version, lights, "Lamp", "", "LAMP", euros(price));
    }

    private CatalogueItem known(long version, long price, long storeVersion) {
        return new CatalogueItem(
                lamp, version, "Lamp", euros(price), lights, storeVersion, "Lights " + storeVersion, true);
    }

    private static Money euros(long amount) {
        return new Money(amount, "EUR");
    }
}
