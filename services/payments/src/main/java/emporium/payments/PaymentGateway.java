package emporium.payments;

import emporium.contracts.Money;
import java.util.Set;

/**
 * The provider that moves the money. Calls block for as long as the provider takes, so they are never made inside a
 * database transaction. A shop replaces the {@link TestGateway} by a CDI bean of this type.
 */
public interface PaymentGateway {

    /** The ways to pay that the provider takes. */
    Set<String> methods();

    /**
     * Holds the amount for later capture.
     *
     * @param reference names the attempt: the same reference holds the money once, however often it is asked
     * @throws RuntimeException when the provider gives no answer; asking again with the same reference is safe
     */
    Authorization authorize(String reference, Money amount, String method);

    /** What the provider says. */
    sealed interface Authorization {

        /** The money is held. */
        record Approved(String authorizationId) implements Authorization {}

        /** It is not; the reason is for the customer. */
        record Declined(String reason) implements Authorization {}
    }
}
