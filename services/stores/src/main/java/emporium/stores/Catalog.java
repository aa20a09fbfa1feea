package emporium.stores;

import emporium.eventsourcing.AggregateType;
import emporium.eventsourcing.Loaded;
import emporium.eventsourcing.Projection;
import emporium.eventsourcing.RecordedEvent;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The read model of all products that are for sale now. */
@Singleton
class Catalog implements PanacheRepositoryBase<CatalogRow, UUID>, Projection<ProductEvent> {

    Optional<Loaded<Product>> product(UUID id) {
        return findByIdOptional(id).map(CatalogRow::product);
    }

    boolean has(UUID store, String sku) {
        return count("store = ?1 and sku = ?2", store, sku) > 0;
    }

    /** The products of a store after this one in the order of their ids. */
    List<Loaded<Product>> after(UUID id, UUID store, int limit) {
        return find("store = ?1 and id > ?2", Sort.by("id"), store, id).page(0, limit).stream()
                .map(CatalogRow::product)
                .toList();
    }

    @Override
    public String name() {
        return "catalog";
    }

    @Override
    public List<AggregateType<?, ? extends ProductEvent>> sources() {
        return List.of(Product.TYPE);
    }

    @Override
    public void empty() {
        deleteAll();
        getEntityManager().clear();
    }

    @Override
    public void apply(List<? extends RecordedEvent<? extends ProductEvent>> events) {
        events.forEach(event -> {
            var row = findByIdOptional(event.stream()).orElseGet(() -> new CatalogRow(event.stream()));
            var product = Product.after(row.state(), event.data());
            if (product.removed()) {
                remove(row);
            } else {
                row.become(product, event.version());
                persist(row);
            }
        });
    }

    /** Hibernate would write deletions last, when another product may already have taken over the sku. */
    private void remove(CatalogRow row) {
        flush();
        delete(row);
        flush();
    }
}
