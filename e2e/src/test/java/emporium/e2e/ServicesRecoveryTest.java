package emporium.e2e;

import static java.util.Collections.nCopies;
import static java.util.concurrent.Executors.callable;
import static java.util.concurrent.Executors.newFixedThreadPool;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services of which there are two. */
@ExtendWith(SharedServices.class)
class ServicesRecoveryTest {

    /** They hung where the processors were busy. */
    private static final int AT_ONCE = 4;

    private static final int ROUNDS = 150;

    private PlacedOrders orders;

    @BeforeEach
    void a_mall_with_lamps_on_its_shelves(RunningMall ready) {
        orders = new PlacedOrders();
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

    /** With {@code -Dlong}: of the executables before ADR 0029's threads, one start in 150 hung. */
    @Test
    @EnabledIfSystemProperty(named = "long", matches = ".*")
    void a_service_opens_every_time_it_is_started(RunningMall mall) throws Exception {
        var start = callable(() -> Replica.of("search", mall).close());
        try (var threads = newFixedThreadPool(AT_ONCE)) {
            for (var round = 0; round < ROUNDS; round++) {
                if (round % 25 == 0) {
                    System.out.printf("%d of %d starts%n", round * AT_ONCE, ROUNDS * AT_ONCE);
                }
                for (var started : threads.invokeAll(nCopies(AT_ONCE, start))) {
                    started.get();
                }
            }
        }
    }
}
