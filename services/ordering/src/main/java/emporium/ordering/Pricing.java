package emporium.ordering;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.rest.Problem;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What was asked for at the catalogue's prices; what cannot be ordered is refused in a sentence. */
record Pricing(List<OrderLine> lines, Money total) {

    static Pricing of(List<PlaceOrder.Item> items, Map<UUID, CatalogueItem> catalogue) {
        var lines = items.stream()
                .map(item -> orderable(item.productId(), catalogue).line(item.quantity()))
                .toList();
        return new Pricing(lines, total(lines));
    }

    private static CatalogueItem orderable(UUID product, Map<UUID, CatalogueItem> catalogue) {
        var item = catalogue.get(product);
        if (item == null) {
            throw Problem.notFound("There is no product " + product + ".");
        }
        if (item.removed()) {
            throw Problem.notFound("The product " + product + " is no longer in the catalogue.");
        }
        if (!item.participating()) {
            throw Problem.refused("The product " + item.name() + " (" + product + ") cannot be ordered: the store "
                    + item.storeName() + " does not take part at present.");
        }
        return item;
    }

    private static Money total(List<OrderLine> lines) {
        refuseMixedCurrencies(lines);
        try {
            return lines.stream()
                    .map(line -> line.price().times(line.quantity()))
                    .reduce(Money::plus)
                    .orElseThrow();
        } catch (ArithmeticException e) {
            throw Problem.refused("The total of this order is too large to be counted.");
        }
    }

    private static void refuseMixedCurrencies(List<OrderLine> lines) {
        var currencies = lines.stream()
                .map(line -> line.price().currency())
                .distinct()
                .sorted()
                .toList();
        if (currencies.size() > 1) {
            throw Problem.refused("An order is paid in one currency, but these products are priced in "
                    + String.join(" and ", currencies) + ".");
        }
    }
}
