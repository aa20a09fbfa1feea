package emporium.depot;

import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The stock of some products, taken and given back all at once. A product that nobody has counted is not limited. */
final class Shelves {

    private final Map<UUID, Stock> stock;

    Shelves(Stream<Stock> stock) {
        this.stock = stock.collect(toMap(Stock::productId, Function.identity()));
    }

    /** The products of which too little is left. */
    Set<UUID> shortOf(Map<UUID, Long> wanted) {
        return wanted.entrySet().stream()
                .filter(product -> limits(product.getKey()))
                .filter(product -> !stock.get(product.getKey()).covers(product.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Reserves what is wanted and returns the part of it that was taken from limited stock: what to free one day. */
    Map<UUID, Long> reserve(Map<UUID, Long> wanted) {
        var taken = wanted.entrySet().stream()
                .filter(product -> limits(product.getKey()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
        taken.forEach((product, quantity) -> stock.get(product).reserve(quantity));
        return taken;
    }

    void free(Map<UUID, Long> taken) {
        taken.forEach((product, quantity) -> stock.get(product).free(quantity));
    }

    void leave(Map<UUID, Long> taken) {
        taken.forEach((product, quantity) -> stock.get(product).leave(quantity));
    }

    void bringBack(Map<UUID, Long> taken) {
        taken.forEach((product, quantity) -> stock.get(product).bringBack(quantity));
    }

    private boolean limits(UUID product) {
        return stock.containsKey(product);
    }
}
