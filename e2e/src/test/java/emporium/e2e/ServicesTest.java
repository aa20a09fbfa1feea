package emporium.e2e;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.mall.stories.Shop;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is different where every service is a process of its own. */
@ExtendWith(SharedServices.class)
class ServicesTest {

    private final Shop shop = new Shop();

    static Set<String> services() {
        return RunningMall.services();
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_has_its_schema_alone_in_its_database_and_no_way_into_another(String service, RunningMall mall)
            throws Exception {
        try (var own = mall.database(service, service);
                var query = own.createStatement();
                var schemas = query.executeQuery("""
                        select string_agg(distinct schemaname, ',') from pg_tables
                         where schemaname not in ('pg_catalog', 'information_schema')
                        """)) {
            assertTrue(schemas.next());
            assertEquals(service, schemas.getString(1));
        }
        for (var other : services()) {
            if (!other.equals(service)) {
                var refusal = assertThrows(SQLException.class, () -> mall.database(service, other));
                assertEquals("42501", refusal.getSQLState(), other);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void a_service_describes_itself_at_the_common_address(String service) {
        when().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'services' }.data." + service, equalTo("UP"));
        when().get("/q/openapi/" + service).then().statusCode(200);
        when().get("/q/metrics/" + service).then().statusCode(200);
    }

    /** By which Kubernetes decides about them. */
    @ParameterizedTest
    @MethodSource("services")
    void a_service_answers_the_probes_of_its_manifest(String service, RunningMall mall) {
        var own = "http://localhost:" + mall.noted("ports", service);
        ManifestChecks.HEALTH.forEach(probe -> when().get(own + probe).then().statusCode(200));
    }

    @Test
    void one_document_describes_the_whole_surface() {
        when().get("/q/openapi")
                .then()
                .body("paths", hasKey("/api/customers"))
                .body("paths", hasKey("/api/search/orders"))
                .body("paths", hasKey("/api/sagas"));
        when().get("/q/swagger-ui/").then().statusCode(200);
    }

    @Test
    void the_parked_messages_of_all_services_are_one_list() {
        when().get("/api/messages/parked").then().statusCode(200).body("items", empty());
        when().get("/api/messages/parked?service=depot").then().statusCode(200).body("items", empty());
        when().get("/api/messages/parked?limit=0").then().statusCode(400);
        when().get("/api/messages/parked/01900000-0000-7000-8000-000000000000")
                .then()
                .statusCode(404);
    }

    @Test
    void a_watcher_behind_the_gateway_sees_an_order_change(RunningMall mall) throws Exception {
        var ann = shop.customer();
        var lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        var order = shop.order(ann, shop.payment(ann, 1999), Map.of(lamp, 1));
        var events = mall.uri().resolve("/api/orders/" + order + "/events").toURL();
        var connection = events.openConnection();
        connection.setReadTimeout(60_000);
        try (var lines = new BufferedReader(new InputStreamReader(connection.getInputStream()))) {
            assertTrue(lines.lines().anyMatch(line -> line.startsWith("data:") && line.contains("APPROVED")));
        }
    }
}
