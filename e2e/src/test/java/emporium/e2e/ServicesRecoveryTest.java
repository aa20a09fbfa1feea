package emporium.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services that die one by one, and services of which there are two. */
@ExtendWith(SharedServices.class)
class ServicesRecoveryTest {

    private PlacedOrders orders;

    @BeforeEach
    void a_mall_with_lamps_on_its_shelves(RunningMall ready) {
        orders = new PlacedOrders();
    }

    @Test
    void services_that_are_killed_in_the_middle_of_orders_are_started_again_and_finish_them(RunningMall mall) {
        var killed = List.of("orchestrator", "depot", "ordering", "payments");
        var before = killed.stream().map(mall::pid).toList();
        orders.place(10);
        killed.forEach(mall::kill);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> killed.stream().map(mall::pid).noneMatch(before::contains));
        mall.awaitReady();
        orders.assertAllApprovedOnce();
    }

    @Test
    void a_killed_replica_leaves_its_work_to_the_other(RunningMall mall) {
        try (var depot = Replica.of("depot", mall);
                var ordering = Replica.of("ordering", mall);
                var orchestrator = Replica.of("orchestrator", mall)) {
            orders.place(10);
            List.of(depot, ordering, orchestrator).forEach(Replica::kill);
            orders.place(5);
            orders.assertAllApprovedOnce();
        }
    }

    @Test
    void while_a_service_is_started_again_its_replica_does_the_work(RunningMall mall) {
        try (var _ = Replica.of("depot", mall)) {
            orders.place(5);
            mall.kill("depot");
            orders.place(5);
            mall.awaitReady();
            orders.assertAllApprovedOnce();
        }
    }
}
