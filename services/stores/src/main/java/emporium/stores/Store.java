package emporium.stores;

import emporium.eventsourcing.AggregateType;
import emporium.stores.StoreEvent.Opened;
import emporium.stores.StoreEvent.ParticipationEnded;
import emporium.stores.StoreEvent.ParticipationStarted;
import emporium.stores.StoreEvent.Renamed;
import java.util.List;

/** A store of the mall. Its products can be ordered only while it takes part. */
record Store(String name, String location, boolean participating) {

    static final AggregateType<Store, StoreEvent> TYPE = AggregateType.named("store", StoreEvent.class, Store::after)
            .event("StoreOpened", 1, Opened.class)
            .event("StoreRenamed", 1, Renamed.class)
            .event("StoreParticipationStarted", 1, ParticipationStarted.class)
            .event("StoreParticipationEnded", 1, ParticipationEnded.class)
            .snapshotEvery(50, Store.class, 1)
            .build();

    static List<StoreEvent> open(String name, String location) {
        return List.of(new Opened(name, location));
    }

    List<StoreEvent> rename(String newName) {
        return newName.equals(name) ? List.of() : List.of(new Renamed(newName));
    }

    List<StoreEvent> participate(boolean takesPart) {
        if (takesPart == participating) {
            return List.of();
        }
        return List.of(takesPart ? new ParticipationStarted() : new ParticipationEnded());
    }

    static Store after(Store before, StoreEvent event) {
        return switch (event) {
            case Opened opened -> new Store(opened.name(), opened.location(), false);
            case Renamed renamed -> new Store(renamed.name(), before.location, before.participating);
            case ParticipationStarted() -> new Store(before.name, before.location, true);
            case ParticipationEnded() -> new Store(before.name, before.location, false);
        };
    }
}
