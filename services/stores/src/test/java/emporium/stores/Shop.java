package emporium.stores;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;

/** What the tests ask of the REST surface. */
final class Shop {

    private Shop() {}

    static UUID openStore(String name) {
        return idOf(post("/api/stores", """
                {"name": "%s", "location": "First floor"}""".formatted(name)).statusCode(201));
    }

    static UUID addProduct(UUID store, String sku, long cents) {
        return idOf(
                post("/api/stores/" + store + "/products", product(sku, cents)).statusCode(201));
    }

    static String product(String sku, long cents) {
        return """
                {"name": "Lamp", "description": "It shines.", "sku": "%s", "price": %s}""".formatted(sku, price(cents));
    }

    static String price(long cents) {
        return """
                {"amount": %d, "currency": "EUR"}""".formatted(cents);
    }

    static String priceChange(long cents, String reason) {
        return """
                {"price": %s, "reason": "%s"}""".formatted(price(cents), reason);
    }

    static ValidatableResponse get(String path, Object... parameters) {
        return given().urlEncodingEnabled(true).get(path, parameters).then();
    }

    static ValidatableResponse post(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).post(path).then();
    }

    static ValidatableResponse post(String path, String key, String body) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post(path)
                .then();
    }

    static ValidatableResponse put(String path, String body) {
        return given().contentType(ContentType.JSON).body(body).put(path).then();
    }

    static UUID idOf(ValidatableResponse response) {
        return UUID.fromString(response.extract().path("id"));
    }
}
