package emporium.baskets;

import emporium.contracts.Money;
import emporium.contracts.ordering.OrderLine;
import emporium.rest.Problem;
import java.util.List;

/**
 * Lines and what they cost together.
 *
 * @param total null when there are no lines, and so no currency
 */
record Pricing(List<OrderLine> lines, Money total) {

    /** What cannot be paid in one sum is refused in a sentence. */
    static Pricing of(List<OrderLine> lines) {
        refuseMixedCurrencies(lines);
        try {
            var total = lines.stream()
                    .map(line -> line.price().times(line.quantity()))
                    .reduce(Money::plus);
            return new Pricing(lines, total.orElse(null));
        } catch (ArithmeticException e) {
            throw Problem.refused("The total of this basket is too large to be counted.");
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
