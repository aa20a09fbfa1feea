package emporium.eventsourcing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.eventsourcing.AccountEvent.Deposited;
import emporium.eventsourcing.AccountEvent.Opened;
import emporium.eventsourcing.AccountEvent.Withdrawn;
import org.junit.jupiter.api.Test;

class AggregateTypeTest {

    @Test
    void every_member_of_a_sealed_family_must_have_a_name() {
        var incomplete = type().event("Opened", 1, Opened.class).event("Deposited", 1, Deposited.class);

        assertTrue(assertThrows(IllegalArgumentException.class, incomplete::build)
                .getMessage()
                .contains("Withdrawn"));
    }

    @Test
    void a_name_and_a_class_belong_to_each_other_alone() {
        assertThrows(IllegalArgumentException.class, () -> type().event("Opened", 1, Opened.class)
                .event("Opened", 1, Withdrawn.class));
        assertThrows(IllegalArgumentException.class, () -> type().event("Opened", 1, Opened.class)
                .event("Begun", 1, Opened.class)
                .build());
    }

    @Test
    void every_older_version_must_have_a_way_up() {
        var gap = type().event("Opened", 3, Opened.class)
                .event("Deposited", 1, Deposited.class)
                .event("Withdrawn", 1, Withdrawn.class)
                .upcast("Opened", 2, data -> data);

        assertEquals(
                "Opened of version 1 has no upcast to version 2",
                assertThrows(IllegalArgumentException.class, gap::build).getMessage());
    }

    @Test
    void a_schema_name_that_is_none_is_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new EventStore(null, "bank; drop table event", new ObjectMapper()));
    }

    private static AggregateType.Builder<Account, AccountEvent> type() {
        return AggregateType.named("account", AccountEvent.class, Account::after);
    }
}
