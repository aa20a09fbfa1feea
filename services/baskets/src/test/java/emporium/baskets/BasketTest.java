package emporium.baskets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import emporium.baskets.BasketEvent.CheckedOut;
import emporium.baskets.BasketEvent.Expired;
import emporium.baskets.BasketEvent.ItemRemoved;
import emporium.baskets.BasketEvent.ItemSet;
import emporium.baskets.BasketEvent.Started;
import emporium.contracts.Money;
import emporium.rest.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BasketTest {
    private static final UUID STORE = UUID.randomUUID();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final CatalogueItem lamp = item("Lamp", 1999, "EUR");
    private final CatalogueItem bulb = item("Bulb", 250, "EUR");
    private final UUID order = UUID.randomUUID();
    private final UUID payment = UUID.randomUUID();
    private Basket basket = Basket.after(null, new Started(UUID.randomUUID()));

    @Test
    void a_new_basket_is_open_and_empty() {
        assertEquals(BasketStatus.OPEN, basket.status());
        assertEquals(List.of(), basket.lines());
    }

    @Test
    void a_quantity_is_set_and_not_added() {
        now(b -> b.set(lamp.line(2)));
        now(b -> b.set(bulb.line(1)));
        now(b -> b.set(lamp.line(5)));
        assertEquals(List.of(lamp.line(5), bulb.line(1)), basket.lines());
    }

    @Test
    void setting_what_is_set_already_is_no_event() {
        now(b -> b.set(lamp.line(2)));
        assertEquals(List.of(), basket.set(lamp.line(2)));
    }

    @Test
    void setting_the_same_quantity_at_a_new_price_is_an_event() {
        now(b -> b.set(lamp.line(2)));
        var dearer = at(lamp, 2999).line(2);
        assertEquals(List.of(new ItemSet(dearer)), basket.set(dearer));
    }

    @Test
    void a_product_is_taken_out_once() {
        now(b -> b.set(lamp.line(2)));
        assertEquals(List.of(new ItemRemoved(lamp.product())), now(b -> b.remove(lamp.product())));
        assertEquals(List.of(), basket.remove(lamp.product()));
    }

    @Test
    void a_check_out_takes_the_prices_of_its_moment() {
        now(b -> b.set(lamp.line(2)));
        var dearer = at(lamp, 2999);
        assertEquals(
                List.of(new CheckedOut(order, payment, List.of(dearer.line(2)), euros(5998))),
                now(b -> b.checkOut(order, payment, Map.of(lamp.product(), dearer))));
        assertEquals(BasketStatus.CHECKED_OUT, basket.status());
        assertEquals(List.of(dearer.line(2)), basket.lines());
    }

    @Test
    void an_empty_basket_cannot_be_checked_out() {
        refused("The basket is empty.", () -> basket.checkOut(order, payment, Map.of()));
    }

    @Test
    void a_product_removed_since_must_be_taken_out_before_the_check_out() {
        now(b -> b.set(lamp.line(2)));
        var removed = new CatalogueItem(lamp.product(), 9, null, null, STORE, 1, "Lights & Co", true);
        var sentence = "The product Lamp (%s) is no longer in the catalogue. Take it out of the basket first."
                .formatted(lamp.product());
        refused(sentence, () -> basket.checkOut(order, payment, Map.of(lamp.product(), removed)));
    }

    @Test
    void a_store_that_left_since_is_named_at_the_check_out() {
        now(b -> b.set(lamp.line(2)));
        var closed = new CatalogueItem(lamp.product(), 1, "Lamp", lamp.price(), STORE, 2, "Lights & Co", false);
        var sentence = "The product Lamp (%s) cannot be ordered: the store Lights & Co does not take part at present."
                .formatted(lamp.product());
        refused(sentence, () -> basket.checkOut(order, payment, Map.of(lamp.product(), closed)));
    }

    @Test
    void currencies_are_not_mixed() {
        now(b -> b.set(lamp.line(1)));
        refused(
                "An order is paid in one currency, but these products are priced in EUR and USD.",
                () -> basket.set(item("Plug", 500, "USD").line(1)));
    }

    @Test
    void a_total_beyond_all_counting_is_refused() {
        refused(
                "The total of this basket is too large to be counted.",
                () -> basket.set(item("Diamond", Long.MAX_VALUE / 2, "EUR").line(3)));
    }

    @Test
    void a_basket_holds_no_more_products_than_an_order_may() {
        IntStream.range(0, Basket.MOST_LINES)
                .forEach(i -> now(b -> b.set(item("P" + i, 1, "EUR").line(1))));
        refused("A basket holds at most 100 different products.", () -> basket.set(lamp.line(1)));
    }

    @Test
    void what_is_over_cannot_be_changed_any_more() {
        var filled = basket;
        for (var end : List.<Function<Basket, List<BasketEvent>>>of(
                Basket::cancel, b -> b.expire(NOON), b -> b.checkOut(order, payment, Map.of(lamp.product(), lamp)))) {
            basket = filled;
            now(b -> b.set(lamp.line(1)));
            now(end);
            var over = "The basket is " + basket.status() + " and cannot be changed any more.";
            refused(over, () -> basket.set(bulb.line(1)));
            refused(over, () -> basket.remove(lamp.product()));
            refused(over, () -> basket.cancel());
            refused(over, () -> basket.checkOut(order, payment, Map.of(lamp.product(), lamp)));
        }
    }

    @Test
    void only_an_open_basket_expires() {
        assertEquals(List.of(new Expired(NOON)), now(b -> b.expire(NOON)));
        assertEquals(BasketStatus.EXPIRED, basket.status());
        assertEquals(List.of(), basket.expire(NOON));
    }

    private List<BasketEvent> now(Function<Basket, List<BasketEvent>> decision) {
        var happened = decision.apply(basket);
        happened.forEach(event -> basket = Basket.after(basket, event));
        return happened;
    }

    private static void refused(String sentence, Executable decision) {
        assertEquals(sentence, assertThrows(Problem.class, decision).getMessage());
    }

    private static CatalogueItem item(String name, long amount, String currency) {
        return new CatalogueItem(
                UUID.randomUUID(), 1, name, new Money(amount, currency), STORE, 1, "Lights & Co", true);
    }

    private static CatalogueItem at(CatalogueItem item, long amount) {
        return new CatalogueItem(item.product(), 2, item.name(), euros(amount), STORE, 1, "Lights & Co", true);
    }

    private static Money euros(long amount) {
        return new Money(amount, "EUR");
    }
}
