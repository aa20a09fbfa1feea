package emporium.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A product that can be bought, in EUR, and the store that has it. */
record Ware(String id, String name, long cents, String storeName) {

    private static final int STORES_LOOKED_AT = 20;

    /** The demo buys twice. */
    private static final int ENOUGH = 2;

    /** Wares of two stores: those that are there, else of two stores opened for this. */
    static List<Ware> ofTwoStores(JsonRest mall) throws IOException {
        var found = new ArrayList<Ware>();
        for (var store : mall.get("/api/stores?participating=true&limit=" + STORES_LOOKED_AT)
                .get("items")) {
            if (found.size() < 2) {
                firstOf(store, mall).ifPresent(found::add);
            }
        }
        return found.size() == 2
                ? found
                : List.of(
                        opened("Cogs and Gears", "Brass cog", 1299, mall),
                        opened("The Green Shelf", "Seed box", 1599, mall));
    }

    private static Optional<Ware> firstOf(JsonNode store, JsonRest mall) throws IOException {
        for (var product : mall.get("/api/stores/" + store.get("id").asText() + "/products")
                .get("items")) {
            var price = product.get("price");
            var id = product.get("id").asText();
            if (price.get("currency").asText().equals("EUR") && isInStock(id, mall)) {
                var name = product.get("name").asText();
                return Optional.of(new Ware(
                        id,
                        name,
                        price.get("amount").asLong(),
                        store.get("name").asText()));
            }
        }
        return Optional.empty();
    }

    /** A product whose stock nobody has counted is not limited. */
    private static boolean isInStock(String product, JsonRest mall) throws IOException {
        try {
            return mall.get("/api/depot/stock/" + product).get("available").asLong() >= ENOUGH;
        } catch (Refused e) {
            if (e.isNotFound()) {
                return true;
            }
            throw e;
        }
    }

    private static Ware opened(String storeName, String name, long cents, JsonRest mall) throws IOException {
        var store = mall.post("/api/stores", Map.of("name", storeName, "location", "Ground floor"))
                .get("id")
                .asText();
        var product = mall.post(
                        "/api/stores/" + store + "/products",
                        Map.of("name", name, "description", "As in the window", "sku", "DEMO-1", "price", eur(cents)))
                .get("id")
                .asText();
        mall.put("/api/depot/stock/" + product, Map.of("quantity", 100));
        mall.put("/api/stores/" + store + "/participating", Map.of("participating", true));
        return new Ware(product, name, cents, storeName);
    }

    static Map<String, Object> eur(long cents) {
        return Map.of("amount", cents, "currency", "EUR");
    }
}
