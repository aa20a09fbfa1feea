package emporium.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CountsTest {

    @Test
    void orders_and_sagas_are_counted_by_status() {
        assertEquals("orders: 7 approved, 1 rejected · sagas: 2 running", Counts.ofMetrics("""
                # HELP emporium_orders Orders by status
                emporium_orders{status="APPROVED",} 7.0
                emporium_orders{status="REJECTED",} 1.0
                emporium_sagas{definition="create-order",status="RUNNING",} 2.0
                jvm_threads{status="x"} 9
                """));
    }

    @Test
    void a_page_with_more_behind_it_has_a_plus() {
        assertEquals("2+", Counts.ofPage("{\"items\":[{\"orderId\":\"a\"},{\"orderId\": \"b\"}],\"next\":\"x\"}"));
        assertEquals("0", Counts.ofPage("{\"items\": [], \"next\": null}"));
    }
}
