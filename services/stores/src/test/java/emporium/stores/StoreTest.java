package emporium.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.stores.StoreEvent.Opened;
import emporium.stores.StoreEvent.ParticipationEnded;
import emporium.stores.StoreEvent.ParticipationStarted;
import emporium.stores.StoreEvent.Renamed;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreTest {

    private final Store store = after(null, Store.open("Lamps", "First floor"));

    @Test
    void a_new_store_does_not_take_part() {
        assertEquals(List.of(new Opened("Lamps", "First floor")), Store.open("Lamps", "First floor"));
        assertEquals(new Store("Lamps", "First floor", false), store);
    }

    @Test
    void a_store_takes_part_until_it_ends_that() {
        assertEquals(List.of(new ParticipationStarted()), store.participate(true));
        var open = after(store, store.participate(true));
        assertEquals(new Store("Lamps", "First floor", true), open);
        assertEquals(List.of(new ParticipationEnded()), open.participate(false));
        assertEquals(store, after(open, open.participate(false)));
    }

    @Test
    void a_store_can_be_renamed() {
        assertEquals(List.of(new Renamed("Lights")), store.rename("Lights"));
        assertEquals(new Store("Lights", "First floor", false), after(store, store.rename("Lights")));
    }

    @Test
    void what_is_so_already_is_no_change() {
        assertEquals(List.of(), store.rename("Lamps"));
        assertEquals(List.of(), store.participate(false));
    }

    private static Store after(Store before, List<StoreEvent> events) {
        return Store.after(before, events.getFirst());
    }
}
