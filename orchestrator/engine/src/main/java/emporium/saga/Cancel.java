package emporium.saga;

import emporium.messaging.MessageContext;
import emporium.messaging.Received;
import java.util.Set;
import java.util.UUID;

/**
 * The business wants a saga undone.
 *
 * @param businessKey what the saga is about
 * @param context on whose behalf; what the commands carry
 */
public record Cancel(UUID businessKey, String reason, MessageContext context) {

    /** A cancel because of this message. */
    public static Cancel because(Received<?> cause, UUID businessKey, String reason) {
        return new Cancel(businessKey, reason, Start.contextOf(cause));
    }

    /**
     * What came of cancels, by business key. All others turned their saga round or are remembered by it.
     *
     * @param ended their sagas had ended before
     * @param unknown their sagas never began, or ended so long ago that they are forgotten
     */
    public record Outcome(Set<UUID> ended, Set<UUID> unknown) {}
}
