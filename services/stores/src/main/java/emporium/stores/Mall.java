package emporium.stores;

import emporium.eventsourcing.AggregateType;
import emporium.eventsourcing.Loaded;
import emporium.eventsourcing.Projection;
import emporium.eventsourcing.RecordedEvent;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The read model of all stores as they are now. */
@Singleton
class Mall implements PanacheRepositoryBase<MallRow, UUID>, Projection<StoreEvent> {

    Optional<Loaded<Store>> store(UUID id) {
        return findByIdOptional(id).map(MallRow::store);
    }

    /** The stores after this one in the order of their ids; those that take part or do not, or all for null. */
    List<Loaded<Store>> after(UUID id, Boolean participating, int limit) {
        return rows(id, participating).page(0, limit).stream()
                .map(MallRow::store)
                .toList();
    }

    private PanacheQuery<MallRow> rows(UUID after, Boolean participating) {
        return participating == null
                ? find("id > ?1", Sort.by("id"), after)
                : find("id > ?1 and participating = ?2", Sort.by("id"), after, participating);
    }

    @Override
    public String name() {
        return "mall";
    }

    @Override
    public List<AggregateType<?, ? extends StoreEvent>> sources() {
        return List.of(Store.TYPE);
    }

    @Override
    public void empty() {
        deleteAll();
        getEntityManager().clear();
    }

    @Override
    public void apply(List<? extends RecordedEvent<? extends StoreEvent>> events) {
        events.forEach(event -> {
            var row = findByIdOptional(event.stream()).orElseGet(() -> new MallRow(event.stream()));
            row.become(Store.after(row.state(), event.data()), event.version());
            persist(row);
        });
    }
}
