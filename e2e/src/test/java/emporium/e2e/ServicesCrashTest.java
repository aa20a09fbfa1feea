package emporium.e2e;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is killed while orders are under way: each of them is approved, once. */
@ExtendWith(SharedServices.class)
class ServicesCrashTest {

    private PlacedOrders orders;

    @BeforeEach
    void a_mall_with_lamps_on_its_shelves(Mall ready) {
        orders = new PlacedOrders();
    }

    @Test
    void services_that_are_killed_in_the_middle_of_orders_are_started_again_and_finish_them(Mall mall) {
        orders.place(10);
        List.of("orchestrator", "depot", "ordering", "payments").forEach(mall::kill);
        assertAllApprovedOnce(mall);
    }

    @Test
    void a_killed_broker_delays_orders_and_loses_none(Mall mall) {
        orders.place(3);
        mall.kill("nats");
        orders.place(3);
        assertAllApprovedOnce(mall);
    }

    @Test
    void a_killed_database_delays_orders_and_loses_none(Mall mall) {
        orders.place(5);
        mall.kill("postgres");
        mall.awaitReady();
        orders.place(1);
        assertAllApprovedOnce(mall);
    }

    private void assertAllApprovedOnce(Mall mall) {
        mall.awaitReady();
        orders.assertAllApprovedOnce();
    }
}
