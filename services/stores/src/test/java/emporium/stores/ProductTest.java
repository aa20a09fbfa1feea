package emporium.stores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.contracts.Money;
import emporium.rest.Problem;
import emporium.stores.ProductEvent.PriceLowered;
import emporium.stores.ProductEvent.PriceRaised;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProductTest {

    private final UUID store = UUID.randomUUID();
    private final Product lamp = after(null, Product.add(store, "Lamp", "It shines.", "L-1", euro(500)));

    @Test
    void a_new_product_is_as_it_was_added() {
        assertEquals(new Product(store, "Lamp", "It shines.", "L-1", euro(500), false), lamp);
    }

    @Test
    void a_price_change_knows_from_what_to_what() {
        assertEquals(List.of(new PriceRaised(euro(500), euro(501))), lamp.raisePrice(euro(501)));
        assertEquals(List.of(new PriceLowered(euro(500), euro(499))), lamp.lowerPrice(euro(499)));
        assertEquals(euro(501), after(lamp, lamp.raisePrice(euro(501))).price());
        assertEquals(euro(499), after(lamp, lamp.lowerPrice(euro(499))).price());
    }

    @Test
    void a_price_change_goes_in_the_direction_that_was_asked() {
        assertEquals(
                "The price is 5.00 EUR: it cannot be raised to 5.00 EUR.",
                assertThrows(Problem.class, () -> lamp.raisePrice(euro(500))).getMessage());
        assertThrows(Problem.class, () -> lamp.raisePrice(euro(499)));
        assertThrows(Problem.class, () -> lamp.lowerPrice(euro(500)));
        assertThrows(Problem.class, () -> lamp.lowerPrice(euro(501)));
    }

    @Test
    void a_price_keeps_its_currency() {
        assertThrows(Problem.class, () -> lamp.raisePrice(new Money(900, "SEK")));
        assertThrows(Problem.class, () -> lamp.lowerPrice(new Money(100, "SEK")));
    }

    @Test
    void a_rename_that_changes_nothing_is_no_change() {
        assertEquals(List.of(), lamp.rename("Lamp", "It shines."));
        assertEquals("Light", after(lamp, lamp.rename("Light", "It shines.")).name());
        assertEquals("It glows.", after(lamp, lamp.rename("Lamp", "It glows.")).description());
    }

    @Test
    void a_removed_product_says_so() {
        assertFalse(lamp.removed());
        assertTrue(after(lamp, lamp.remove()).removed());
    }

    private static Money euro(long cents) {
        return new Money(cents, "EUR");
    }

    private static Product after(Product before, List<ProductEvent> events) {
        return Product.after(before, events.getFirst());
    }
}
