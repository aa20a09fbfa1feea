package emporium.saga;

import emporium.messaging.MessageContext;
import java.time.Instant;
import java.util.UUID;

/**
 * A saga that has ended, told inside the transaction that ends it: what is begun or published because of it is done with
 * the end or not at all.
 *
 * @param status final
 * @param cancelled why it was to be cancelled when there was no way back any more; null when nobody wanted that
 * @param draft all that it knew
 * @param context what led to the end, for what follows from it
 */
public record Ended(
        UUID saga,
        String definition,
        int version,
        UUID businessKey,
        SagaStatus status,
        String cancelled,
        Object draft,
        Instant at,
        MessageContext context) {}
