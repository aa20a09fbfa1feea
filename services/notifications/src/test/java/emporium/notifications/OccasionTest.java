package emporium.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.ordering.OrderStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OccasionTest {
    @Test
    void a_customer_is_told_of_every_status_but_those_that_only_the_mall_is_concerned_with() {
        var told = Stream.of(OrderStatus.values())
                .map(Occasion::of)
                .flatMap(Optional::stream)
                .toList();
        assertEquals(
                List.of(Occasion.APPROVED, Occasion.READY, Occasion.COMPLETED, Occasion.REJECTED, Occasion.CANCELLED),
                told);
    }
}
