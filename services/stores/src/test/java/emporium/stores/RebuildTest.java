package emporium.stores;

import static emporium.stores.Shop.addProduct;
import static emporium.stores.Shop.get;
import static emporium.stores.Shop.openStore;
import static emporium.stores.Shop.post;
import static emporium.stores.Shop.priceChange;
import static emporium.stores.Shop.put;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RebuildTest {

    @Inject
    Mall mall;

    @Inject
    Catalog catalog;

    @Test
    void a_rebuilt_mall_is_the_same_as_before() {
        var store = openStore("Lamps");
        put("/api/stores/" + store + "/name", "{\"name\": \"Lights\"}");
        put("/api/stores/" + store + "/participating", "{\"participating\": true}");
        var before = get("/api/stores/" + store).extract().asString();
        QuarkusTransaction.requiringNew().run(() -> mall.update("name = 'Wrong'"));

        rebuild("mall");
        assertEquals(before, get("/api/stores/" + store).extract().asString());
    }

    @Test
    void a_rebuilt_catalog_is_the_same_as_before() {
        var store = openStore("Lamps");
        var removed = addProduct(store, "L-1", 1999);
        when().delete("/api/products/" + removed);
        var id = addProduct(store, "L-1", 1999);
        post("/api/products/" + id + "/price-increases", priceChange(2499, "costs"));
        put("/api/products/" + id + "/name", "{\"name\": \"Light\"}");
        var before = get("/api/stores/" + store + "/products").extract().asString();
        QuarkusTransaction.requiringNew().run(() -> catalog.update("amount = 1"));

        rebuild("catalog");
        assertEquals(before, get("/api/stores/" + store + "/products").extract().asString());
        get("/api/products/" + removed).statusCode(404);
    }

    @Test
    void an_unknown_projection_is_not_found() {
        post("/api/stores/projections/nothing/rebuild", "").statusCode(404).contentType("application/problem+json");
    }

    private static void rebuild(String projection) {
        when().post("/api/stores/projections/" + projection + "/rebuild")
                .then()
                .statusCode(200)
                .body("projection", equalTo(projection))
                .body("events", greaterThan(0));
    }
}
