package emporium.customers;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import emporium.contracts.WireTypes;
import emporium.contracts.customers.CustomerChanged;
import emporium.contracts.customers.CustomerFound;
import emporium.contracts.customers.CustomerNotFound;
import emporium.contracts.customers.CustomersAnswer;
import emporium.contracts.customers.CustomersEvent;
import emporium.contracts.customers.CustomersQuery;
import emporium.contracts.customers.FindCustomer;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import emporium.messaging.Queries;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What another endpoint hears of customers over the real broker. */
@QuarkusTest
class CustomerNewsTest {

    private static final String ANN = """
            {"name": "Ann", "email": "ann@example.org", "smsNumber": "+4912345"}""";

    @Inject
    Follower follower;

    @Test
    void a_new_customer_is_told_of() {
        var ann = registered(null);
        assertEquals(List.of(new CustomerChanged(ann, 1, "Ann", "ann@example.org", "+4912345", true)), told(ann, 1));
    }

    @Test
    void every_change_is_told_with_the_full_state_and_its_version() {
        var ann = registered(null);
        put(ann, "email", "{\"email\": \"ann@example.com\"}");
        put(ann, "sms-number", "{\"smsNumber\": \"+499999\"}");
        put(ann, "enabled", "{\"enabled\": false}");
        assertEquals(
                List.of(
                        new CustomerChanged(ann, 1, "Ann", "ann@example.org", "+4912345", true),
                        new CustomerChanged(ann, 2, "Ann", "ann@example.com", "+4912345", true),
                        new CustomerChanged(ann, 3, "Ann", "ann@example.com", "+499999", true),
                        new CustomerChanged(ann, 4, "Ann", "ann@example.com", "+499999", false)),
                told(ann, 4));
    }

    @Test
    void what_changes_nothing_is_no_news() {
        var ann = registered(null);
        put(ann, "email", "{\"email\": \"ann@example.org\"}");
        put(ann, "enabled", "{\"enabled\": false}");
        assertEquals(List.of(1L, 2L), versions(told(ann, 2)));
    }

    @Test
    void a_refused_change_is_no_news() {
        var ann = registered(null);
        given().contentType("application/json")
                .body("{\"email\": \"nowhere\"}")
                .put("/api/customers/" + ann + "/email")
                .then()
                .statusCode(400);
        put(ann, "enabled", "{\"enabled\": false}");
        assertEquals(List.of(1L, 2L), versions(told(ann, 2)));
    }

    @Test
    void a_repeated_registration_is_told_once() {
        var key = UUID.randomUUID().toString();
        var ann = registered(key);
        assertEquals(ann, registered(key));
        put(ann, "enabled", "{\"enabled\": false}");
        assertEquals(List.of(1L, 2L), versions(told(ann, 2)));
    }

    @Test
    void who_asks_for_a_customer_is_told_the_same() {
        var ann = registered(null);
        put(ann, "enabled", "{\"enabled\": false}");
        var found = assertInstanceOf(CustomerFound.class, follower.ask(new FindCustomer(ann)));
        assertEquals(new CustomerChanged(ann, 2, "Ann", "ann@example.org", "+4912345", false), found.customer());
    }

    @Test
    void who_asks_for_nobody_is_told_so() {
        var nobody = UUID.randomUUID();
        assertEquals(new CustomerNotFound(nobody), follower.ask(new FindCustomer(nobody)));
    }

    private static UUID registered(String key) {
        var request = given().contentType("application/json").body(ANN);
        var keyed = key == null ? request : request.header("Idempotency-Key", key);
        return UUID.fromString(
                keyed.post("/api/customers").then().statusCode(201).extract().path("id"));
    }

    private static void put(UUID customer, String what, String body) {
        given().contentType("application/json")
                .body(body)
                .put("/api/customers/" + customer + "/" + what)
                .then()
                .statusCode(200);
    }

    /** The news of this customer, once there are so many of them, by version. */
    private List<CustomerChanged> told(UUID customer, int count) {
        return await().until(() -> follower.newsOf(customer), news -> news.size() >= count);
    }

    private static List<Long> versions(List<CustomerChanged> news) {
        return news.stream().map(CustomerChanged::version).toList();
    }

    /** An endpoint that keeps a copy of customers. */
    @Singleton
    static class Follower {

        private final List<CustomerChanged> heard = new CopyOnWriteArrayList<>();

        @Inject
        @OwnedBy("follower")
        Queries queries;

        @Produces
        @Singleton
        @OwnedBy("follower")
        Endpoint endpoint() {
            return Endpoint.named("follower")
                    .wire(WireTypes.of(CustomersEvent.class, CustomersQuery.class, CustomersAnswer.class))
                    .events("customers", CustomersEvent.class, this::hear)
                    .build();
        }

        CustomersAnswer ask(CustomersQuery query) {
            return queries.ask(query, CustomersAnswer.class, Duration.ofSeconds(5));
        }

        List<CustomerChanged> newsOf(UUID customer) {
            return heard.stream()
                    .filter(event -> event.customer().equals(customer))
                    .sorted((one, other) -> Long.compare(one.version(), other.version()))
                    .toList();
        }

        private void hear(CustomersEvent event) {
            switch (event) {
                case CustomerChanged changed -> heard.add(changed);
            }
        }
    }
}
