package emporium.customers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import emporium.contracts.customers.CustomerAuthorized;
import emporium.contracts.customers.CustomerDisabled;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CustomersCommandsTest {

    private final Customer ann = Customer.registered(UUID.randomUUID(), "Ann", "ann@example.org", "+4912345");

    @Test
    void a_new_customer_may_order() {
        assertEquals(new CustomerAuthorized(ann.id()), CustomersCommands.answer(ann));
    }

    @Test
    void a_disabled_customer_may_not_order_until_enabled_again() {
        ann.enable(false);
        assertEquals(new CustomerDisabled(ann.id()), CustomersCommands.answer(ann));

        ann.enable(true);
        assertEquals(new CustomerAuthorized(ann.id()), CustomersCommands.answer(ann));
    }
}
