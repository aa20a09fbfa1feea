package emporium.depot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShelvesTest {

    private final Stock lamps = new Stock(UUID.randomUUID(), 5);
    private final Stock bulbs = new Stock(UUID.randomUUID(), 10);
    private final UUID uncounted = UUID.randomUUID();
    private final Shelves shelves = new Shelves(Stream.of(lamps, bulbs));

    @Test
    void what_is_reserved_is_no_longer_available() {
        shelves.reserve(Map.of(lamps.productId(), 2L, bulbs.productId(), 10L));
        assertEquals(3, lamps.available());
        assertEquals(0, bulbs.available());
        assertEquals(10, bulbs.quantity());
    }

    @Test
    void only_the_products_of_which_too_little_is_left_are_missing() {
        shelves.reserve(Map.of(lamps.productId(), 4L));
        assertEquals(Set.of(lamps.productId()), shelves.shortOf(Map.of(lamps.productId(), 2L, bulbs.productId(), 10L)));
    }

    @Test
    void the_last_one_can_be_had() {
        assertTrue(shelves.shortOf(Map.of(lamps.productId(), 5L)).isEmpty());
    }

    @Test
    void a_product_that_nobody_counted_is_not_limited_and_takes_nothing() {
        var wanted = Map.of(uncounted, 1_000_000L, lamps.productId(), 1L);
        assertTrue(shelves.shortOf(wanted).isEmpty());
        assertEquals(Map.of(lamps.productId(), 1L), shelves.reserve(wanted));
    }

    @Test
    void what_is_freed_is_available_again() {
        var taken = shelves.reserve(Map.of(lamps.productId(), 5L));
        shelves.free(taken);
        assertEquals(5, lamps.available());
    }

    @Test
    void nothing_can_be_freed_twice() {
        var taken = shelves.reserve(Map.of(lamps.productId(), 5L));
        shelves.free(taken);
        assertThrows(IllegalStateException.class, () -> shelves.free(taken));
    }

    @Test
    void what_leaves_is_neither_on_the_shelves_nor_reserved_any_more() {
        shelves.leave(shelves.reserve(Map.of(lamps.productId(), 2L)));
        assertEquals(3, lamps.quantity());
        assertEquals(0, lamps.reserved());
    }

    @Test
    void nothing_leaves_that_was_not_reserved() {
        assertThrows(IllegalStateException.class, () -> shelves.leave(Map.of(lamps.productId(), 1L)));
        assertEquals(5, lamps.quantity());
    }

    @Test
    void what_is_brought_back_can_be_had_again() {
        var taken = shelves.reserve(Map.of(lamps.productId(), 2L));
        shelves.leave(taken);
        shelves.bringBack(taken);
        assertEquals(5, lamps.available());
    }

    @Test
    void more_than_there_is_cannot_be_reserved() {
        var wanted = Map.of(lamps.productId(), 6L);
        assertThrows(IllegalStateException.class, () -> shelves.reserve(wanted));
        assertEquals(0, lamps.reserved());
    }

    @Test
    void the_shelves_cannot_hold_less_than_is_promised() {
        lamps.reserve(3);
        assertThrows(IllegalStateException.class, () -> lamps.count(2));
        lamps.count(3);
        assertEquals(0, lamps.available());
    }
}
