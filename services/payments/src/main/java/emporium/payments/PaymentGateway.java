package emporium.payments;

import emporium.contracts.Money;
import java.util.Set;

/**
 * The provider that moves the money. Calls block for as long as the provider takes, so they are never made inside a
 * database transaction; they give up by themselves within {@link Transfer#LONGEST_ATTEMPT}. A shop replaces the
 * {@link TestGateway} by a CDI bean of this type.
 *
 * <p>A reference names one wish: the same reference moves the money once and gets the same answer, however often and
 * from however many processes it is asked. A {@link RuntimeException} means that nobody knows whether it was done;
 * then it is asked again with the same reference.
 */
public interface PaymentGateway {

    /** The ways to pay that the provider takes. */
    Set<String> methods();

    /** Holds the amount for later capture. */
    Verdict authorize(String reference, Money amount, String method);

    /** Takes the amount, at most what is held; the rest is held no longer. Once per authorization. */
    Verdict capture(String reference, String authorizationId, Money amount);

    /** Lets go what is held, or does nothing when nothing is held any more. Never of a captured authorization. */
    void voidAuthorization(String reference, String authorizationId);

    /** Gives back the amount, at most what was taken. */
    void refund(String reference, String captureId, Money amount);

    /** What the provider says. */
    sealed interface Verdict {

        /** It is done, and known to the provider under this id. */
        record Approved(String id) implements Verdict {}

        /** It is not; the reason is for the customer. */
        record Declined(String reason) implements Verdict {}
    }
}
