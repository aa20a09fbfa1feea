package emporium.depot;

import static java.util.stream.Collectors.toMap;

import emporium.contracts.depot.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a bot fetches in one store. */
record Stop(UUID storeId, String storeName, List<Item> items) {

    /** So many of one product. */
    record Item(UUID productId, String name, long quantity) {

        private Item and(Item more) {
            return new Item(productId, name, Math.addExact(quantity, more.quantity));
        }
    }

    /** Groups an order's lines by store, in the order of the lines; lines of the same product become one item. */
    static List<Stop> of(List<Line> lines) {
        var stores = new LinkedHashMap<UUID, String>();
        var items = new LinkedHashMap<UUID, Map<UUID, Item>>();
        for (var line : lines) {
            stores.putIfAbsent(line.store(), line.storeName());
            items.computeIfAbsent(line.store(), store -> new LinkedHashMap<>())
                    .merge(line.product(), itemOf(line), Item::and);
        }
        return items.entrySet().stream()
                .map(store -> new Stop(
                        store.getKey(),
                        stores.get(store.getKey()),
                        new ArrayList<>(store.getValue().values())))
                .toList();
    }

    /** How much of each product there is to fetch, wherever. */
    static Map<UUID, Long> quantities(List<Stop> stops) {
        return stops.stream()
                .flatMap(stop -> stop.items().stream())
                .collect(toMap(Item::productId, Item::quantity, Math::addExact));
    }

    private static Item itemOf(Line line) {
        if (line.quantity() < 1) {
            throw new IllegalArgumentException("nobody can fetch " + line.quantity() + " of " + line.productName());
        }
        return new Item(line.product(), line.productName(), line.quantity());
    }
}
