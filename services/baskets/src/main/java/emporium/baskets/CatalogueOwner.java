package emporium.baskets;

import emporium.contracts.stores.FindProduct;
import emporium.contracts.stores.ProductFound;
import emporium.contracts.stores.ProductNotFound;
import emporium.contracts.stores.StoresAnswer;
import emporium.contracts.stores.StoresEvent;
import emporium.messaging.OwnedBy;
import emporium.messaging.Queries;
import emporium.messaging.QueryFailed;
import emporium.rest.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Asks stores for what the copy lacks. The answer is taken over like an event, so that it is asked for once. */
@Singleton
class CatalogueOwner {
    private static final Logger LOG = Logger.getLogger(CatalogueOwner.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Queries queries;
    private final Catalogue catalogue;

    CatalogueOwner(@OwnedBy("baskets") Queries queries, Catalogue catalogue) {
        this.queries = queries;
        this.catalogue = catalogue;
    }

    /**
     * Brings the copy up to date about those of the products that it lacks, or would refuse for what may have changed
     * by now. Waits for the owner, and so must not be called inside a transaction. Without an answer what the copy
     * says stands; for a product that it lacks that is a 503.
     */
    void askForDoubtful(Collection<UUID> products) {
        var known = catalogue.find(products);
        var doubtful = products.stream()
                .filter(product ->
                        !known.containsKey(product) || known.get(product).doubtful())
                .toList();
        if (!doubtful.isEmpty()) {
            ask(doubtful);
        }
    }

    private void ask(Collection<UUID> products) {
        var told = new ArrayList<StoresEvent>();
        try {
            products.forEach(product -> told.addAll(ask(product)));
        } catch (QueryFailed e) {
            LOG.warnf("Stores could not be asked for products: %s", e.getMessage());
            refuseUnknown(products);
        }
        QuarkusTransaction.requiringNew().run(() -> catalogue.take(told));
    }

    private List<StoresEvent> ask(UUID product) {
        return switch (queries.ask(new FindProduct(product), StoresAnswer.class, PATIENCE)) {
            case ProductFound found -> List.of(found.store(), found.product());
            case ProductNotFound none -> List.of();
        };
    }

    private void refuseUnknown(Collection<UUID> products) {
        if (!catalogue.find(products).keySet().containsAll(products)) {
            throw Problem.unavailable(
                    "The stores cannot be asked for a product at present. Nothing was changed; try again.");
        }
    }
}
