package emporium.mall;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.toSet;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.infra.PrometheusServer;
import emporium.mall.stories.Shop;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a running mall, and is asked what the alerts and the dashboards ask. */
@QuarkusTest
class ObservabilityTest {

    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    private static final Path OBSERVABILITY = HOME.resolve("observability");
    private static final Pattern THRESHOLD = Pattern.compile("(?s)(.+) [<>] [0-9.]+");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Shop shop = new Shop();

    @TempDir
    Path folder;

    @Inject
    DataSource database;

    private PrometheusServer prometheus;

    @BeforeEach
    void a_prometheus_that_scrapes_the_mall_each_second() throws IOException {
        var config = folder.resolve("prometheus.yml");
        Files.writeString(config, """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: [%s]
                scrape_configs:
                  - job_name: emporium
                    metrics_path: /q/metrics
                    static_configs:
                      - targets: ['localhost:%d']
                        labels: {service: mall}
                """.formatted(OBSERVABILITY.resolve("alerts.yml"), RestAssured.port));
        prometheus = PrometheusServer.start(config, folder);
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    @Test
    void every_alert_and_every_panel_asks_for_what_a_mall_tells() throws IOException {
        var asked = new ArrayList<>(alerts());
        asked.addAll(panels());
        // A rate is seen only of what has been there before it grew.
        trade();
        await().atMost(PATIENCE).until(() -> hasData("sagas_finished_total{outcome='COMPENSATED'}"));
        trade();

        var ann = shop.customer();
        var payment = shop.payment(ann, 5997);
        QuarkusTransaction.requiringNew().timeout(120).run(() -> {
            // Its saga stays in flight for as long as somebody has a hand on its payment.
            hold(payment);
            shop.order(ann, payment, Map.of(lamp(), 3));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertEquals(Set.of(), withoutData(asked)));
        });
    }

    /** An order that is approved, one that is refused, and a request that fails. */
    private void trade() {
        var ann = shop.customer();
        var lamp = lamp();
        shop.reached(shop.order(ann, shop.payment(ann, 5997), Map.of(lamp, 3)), "APPROVED");
        shop.reached(shop.order(ann, shop.payment(ann, 1), Map.of(lamp, 3)), "REJECTED");
        given().get("/test/failure").then().statusCode(500);
    }

    private UUID lamp() {
        var lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        shop.onShelves(lamp, 10);
        return lamp;
    }

    @Test
    void the_operations_manual_says_what_to_do_about_every_alert() throws IOException {
        var manual = Files.readString(HOME.resolve("docs/operations.md"));
        for (var rule : rules()) {
            var name = rule.get("name").toString();
            var annotations = (Map<?, ?>) rule.get("annotations");
            assertEquals(Set.of("summary", "description", "runbook"), annotations.keySet(), name);
            assertEquals("docs/operations.md#" + name.toLowerCase(), annotations.get("runbook"));
            assertTrue(manual.contains("\n### " + name + "\n"), name);
        }
    }

    /** What the alerts ask, without the threshold that they end with. */
    private List<String> alerts() {
        return rules().stream()
                .map(rule -> rule.get("query").toString())
                .map(query -> {
                    var parts = THRESHOLD.matcher(query);
                    assertTrue(parts.matches(), query);
                    return parts.group(1);
                })
                .toList();
    }

    private List<Map<String, Object>> rules() {
        var rules = asked("/api/v1/rules", Map.of()).<Map<String, Object>>getList("data.groups.rules.flatten()");
        assertTrue(rules.size() > 5, "the rules are there");
        return rules;
    }

    private static List<String> panels() throws IOException {
        try (var dashboards = Files.list(OBSERVABILITY.resolve("grafana/dashboards"))) {
            return dashboards
                    .map(dashboard ->
                            JsonPath.from(dashboard.toFile()).<String>getList("panels.targets.expr.flatten()"))
                    .flatMap(List::stream)
                    .map(query -> query.replace("$__rate_interval", "5m"))
                    .toList();
        }
    }

    private Set<String> withoutData(List<String> queries) {
        return queries.stream().filter(query -> !hasData(query)).collect(toSet());
    }

    private boolean hasData(String query) {
        return asked("/api/v1/query", Map.of("query", query)).<List<Object>>getList("data.result.value").stream()
                .filter(Objects::nonNull)
                .anyMatch(sample -> !sample.get(1).equals("NaN"));
    }

    private JsonPath asked(String path, Map<String, String> parameters) {
        return given().baseUri(prometheus.uri().toString())
                .port(prometheus.uri().getPort())
                .queryParams(parameters)
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private void hold(UUID payment) {
        try (var connection = database.getConnection();
                var statement =
                        connection.prepareStatement("select id from payments.payment where id = ? for update")) {
            statement.setObject(1, payment);
            statement.executeQuery();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Singleton
    static class Failing {
        void route(@Observes Router router) {
            router.get("/test/failure").handler(request -> request.fail(500));
        }
    }
}
