package emporium.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest {

    private static final String PROBLEM = "content.'application/problem+json'.schema.$ref";

    @Test
    void every_operation_says_how_it_can_fail() {
        var document =
                given().accept("application/json").get("/q/openapi").then().statusCode(200);

        document.body("info.title", equalTo("Emporium: rest"))
                .body("components.schemas", hasKey("Problem"))
                .body("paths.'/test/things'.post.responses.'400'." + PROBLEM, equalTo("#/components/schemas/Problem"))
                .body("paths.'/test/things'.post.responses.'409'." + PROBLEM, equalTo("#/components/schemas/Problem"))
                .body("paths.'/test/things'.post.responses.'422'." + PROBLEM, equalTo("#/components/schemas/Problem"))
                .body(
                        "paths.'/test/things/{id}'.get.responses.'404'." + PROBLEM,
                        equalTo("#/components/schemas/Problem"))
                .body("paths.'/test/things'.post.responses.'415'." + PROBLEM, equalTo("#/components/schemas/Problem"))
                .body("paths.'/test/things/{id}'.get.responses", hasKey("400"))
                .body("paths.'/test/things/{id}'.get.responses", hasKey("406"))
                .body("paths.'/test/things/{id}'.get.responses", hasKey("503"))
                .body("paths.'/test/things/{id}'.get.responses", not(hasKey("409")))
                .body("paths.'/test/things/{id}'.get.responses", not(hasKey("415")))
                .body("paths.'/test/things/{id}'.get.responses.default." + PROBLEM, containsString("Problem"));
    }

    @Test
    void the_operations_can_be_tried_out_in_a_browser() {
        given().get("/q/swagger-ui/").then().statusCode(200).contentType("text/html");
    }
}
