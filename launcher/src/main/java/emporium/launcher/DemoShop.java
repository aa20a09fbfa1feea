package emporium.launcher;

import java.io.IOException;
import java.util.List;

/** Opens an empty mall with two stores, their products and two customers, all through REST. */
final class DemoShop {

    private record Product(String name, String description, String sku, int cents, int stock) {}

    private record Store(String name, String location, List<Product> products) {}

    private static final List<Store> STORES = List.of(
            new Store(
                    "Cogs and Gears",
                    "Ground floor, north",
                    List.of(
                            new Product("Brass cog", "Thirty-two teeth, polished.", "COG-32", 1299, 100),
                            new Product("Mainspring", "Wound once, runs a week.", "SPR-07", 2450, 40),
                            new Product("Oil can", "A long neck for narrow places.", "OIL-01", 799, 250))),
            new Store(
                    "The Green Shelf",
                    "First floor, east",
                    List.of(
                            new Product("Bonsai maple", "Twelve years old, red in autumn.", "BON-12", 8900, 8),
                            new Product("Watering can", "Five litres, copper.", "WAT-05", 3450, 30),
                            new Product("Seed box", "Twenty herbs for a windowsill.", "SEE-20", 1599, 120))));

    private final Rest rest;

    DemoShop(Rest rest) {
        this.rest = rest;
    }

    boolean isMallEmpty() throws IOException {
        return rest.get("/api/stores?limit=1").replaceAll("\\s", "").contains("\"items\":[]");
    }

    /** The stores come last: without them the mall counts as empty, and the next start does all of it again. */
    void open() throws IOException {
        customer("Ann Baker", "ann@example.org", "+447700900001");
        customer("Bo Carter", "bo@example.org", "+447700900002");
        for (var store : STORES) {
            open(store);
        }
    }

    private void open(Store store) throws IOException {
        var id = rest.post("/api/stores", "demo-" + store.name(), """
                {"name": "%s", "location": "%s"}""".formatted(store.name(), store.location()));
        for (var product : store.products()) {
            add(id, product);
        }
        rest.put("/api/stores/" + id + "/participating", """
                {"participating": true}""");
    }

    private void add(String store, Product product) throws IOException {
        var id = rest.post("/api/stores/" + store + "/products", "demo-" + product.sku(), """
                {"name": "%s", "description": "%s", "sku": "%s", "price": {"amount": %d, "currency": "EUR"}}""".formatted(
                        product.name(), product.description(), product.sku(), product.cents()));
        rest.put("/api/depot/stock/" + id, """
                {"quantity": %d}""".formatted(product.stock()));
    }

    private void customer(String name, String email, String smsNumber) throws IOException {
        rest.post("/api/customers", "demo-" + email, """
                {"name": "%s", "email": "%s", "smsNumber": "%s"}""".formatted(name, email, smsNumber));
    }
}
