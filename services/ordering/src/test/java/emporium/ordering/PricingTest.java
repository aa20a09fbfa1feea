package emporium.ordering;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.ordering.PlaceOrder.Item;
import emporium.rest.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PricingTest {
    private static final UUID LIGHTS = new UUID(0, 1);
    private static final UUID BREAD = new UUID(0, 2);
    private static final CatalogueItem LAMP = item(1, "Lamp", 1999, "EUR");
    private static final CatalogueItem BULB = item(2, "Bulb", 250, "EUR");

    @Test
    void an_order_costs_the_sum_of_the_catalogues_prices() {
        var pricing = price(List.of(LAMP, BULB), new Item(LAMP.product(), 2), new Item(BULB.product(), 3));
        assertEquals(new Money(4748, "EUR"), pricing.total());
        assertEquals(
                List.of(
                        new OrderLine(LAMP.product(), "Lamp", LIGHTS, "Lights & Co", new Money(1999, "EUR"), 2),
                        new OrderLine(BULB.product(), "Bulb", LIGHTS, "Lights & Co", new Money(250, "EUR"), 3)),
                pricing.lines());
    }

    @Test
    void an_unknown_product_is_named() {
        var unknown = new UUID(0, 9);
        refuses("There is no product " + unknown + ".", List.of(LAMP), new Item(unknown, 1));
    }

    @Test
    void a_removed_product_is_named() {
        var removed = new CatalogueItem(LAMP.product(), null, null, LIGHTS, "Lights & Co", true);
        refuses(
                "The product " + LAMP.product() + " is no longer in the catalogue.",
                List.of(removed),
                new Item(LAMP.product(), 1));
    }

    @Test
    void a_product_of_a_store_that_does_not_take_part_is_named_with_its_store() {
        var bread = new CatalogueItem(BREAD, "Bread", new Money(100, "EUR"), LIGHTS, "The Bakery", false);
        refuses(
                "The product Bread (" + BREAD
                        + ") cannot be ordered: the store The Bakery does not take part at present.",
                List.of(LAMP, bread),
                new Item(LAMP.product(), 1),
                new Item(BREAD, 1));
    }

    @Test
    void currencies_are_not_mixed() {
        refuses(
                "An order is paid in one currency, but these products are priced in EUR and USD.",
                List.of(LAMP, item(3, "Plug", 5, "USD")),
                new Item(LAMP.product(), 1),
                new Item(new UUID(0, 103), 1));
    }

    @Test
    void a_line_that_cannot_be_counted_is_refused() {
        var dear = item(4, "Diamond", Long.MAX_VALUE / 2, "EUR");
        refuses("The total of this order is too large to be counted.", List.of(dear), new Item(dear.product(), 3));
    }

    @Test
    void a_sum_that_cannot_be_counted_is_refused() {
        var dear = item(4, "Diamond", Long.MAX_VALUE, "EUR");
        refuses(
                "The total of this order is too large to be counted.",
                List.of(dear, BULB),
                new Item(dear.product(), 1),
                new Item(BULB.product(), 1));
    }

    private static CatalogueItem item(int number, String name, long amount, String currency) {
        var product = new UUID(0, 100 + number);
        return new CatalogueItem(product, name, new Money(amount, currency), LIGHTS, "Lights & Co", true);
    }

    private static Pricing price(List<CatalogueItem> catalogue, Item... items) {
        Map<UUID, CatalogueItem> known = catalogue.stream().collect(toMap(CatalogueItem::product, identity()));
        return Pricing.of(Stream.of(items).toList(), known);
    }

    private static void refuses(String sentence, List<CatalogueItem> catalogue, Item... items) {
        var refusal = assertThrows(Problem.class, () -> price(catalogue, items));
        assertEquals(sentence, refusal.getMessage());
    }
}
