package emporium.mall;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class MallHealthTest {

    @ParameterizedTest
    @ValueSource(strings = {"live", "started", "ready"})
    void a_mall_that_runs_says_so(String aspect) {
        when().get("/q/health/" + aspect).then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void one_document_describes_the_whole_surface() {
        when().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths", hasKey("/api/customers"))
                .body("paths", hasKey("/api/stores"))
                .body("paths", hasKey("/api/orders"))
                .body("paths", hasKey("/api/payments"))
                .body("paths", hasKey("/api/depot/shopping-lists"))
                .body("paths", hasKey("/api/depot/stock/{productId}"));
    }
}
