package emporium.depot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.contracts.depot.Line;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StopTest {

    private final UUID lights = UUID.randomUUID();
    private final UUID books = UUID.randomUUID();
    private final UUID lamp = UUID.randomUUID();
    private final UUID bulb = UUID.randomUUID();
    private final UUID atlas = UUID.randomUUID();

    @Test
    void lines_are_grouped_by_store_in_the_order_they_came() {
        var stops = Stop.of(List.of(lamp(1), atlas(1), bulb(4)));
        assertEquals(
                List.of(
                        new Stop(
                                lights,
                                "Lights & Co",
                                List.of(new Stop.Item(lamp, "Lamp", 1), new Stop.Item(bulb, "Bulb", 4))),
                        new Stop(books, "Book Inn", List.of(new Stop.Item(atlas, "Atlas", 1)))),
                stops);
    }

    @Test
    void the_same_product_in_two_lines_is_summed_and_never_lost() {
        var stops = Stop.of(List.of(lamp(1), bulb(4), lamp(2)));
        assertEquals(
                List.of(new Stop.Item(lamp, "Lamp", 3), new Stop.Item(bulb, "Bulb", 4)),
                stops.getFirst().items());
        assertEquals(Map.of(lamp, 3L, bulb, 4L), Stop.quantities(stops));
    }

    @Test
    void lines_that_exceed_an_int_together_are_still_summed() {
        var most = lamp(Integer.MAX_VALUE);
        assertEquals(Map.of(lamp, 2L * Integer.MAX_VALUE), Stop.quantities(Stop.of(List.of(most, most))));
    }

    @Test
    void a_line_of_nothing_is_a_mistake_of_the_sender() {
        assertThrows(IllegalArgumentException.class, () -> Stop.of(List.of(lamp(0))));
        assertThrows(IllegalArgumentException.class, () -> Stop.of(List.of(lamp(-1))));
    }

    private Line lamp(int quantity) {
        return new Line(lamp, "Lamp", lights, "Lights & Co", quantity);
    }

    private Line bulb(int quantity) {
        return new Line(bulb, "Bulb", lights, "Lights & Co", quantity);
    }

    private Line atlas(int quantity) {
        return new Line(atlas, "Atlas", books, "Book Inn", quantity);
    }
}
