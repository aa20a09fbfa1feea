package emporium.saga;

import emporium.messaging.MessageContext;
import java.util.UUID;

/**
 * A saga to be begun.
 *
 * @param businessKey what it is about, a UUIDv7: a definition begins once for one key, however often it is asked to
 * @param context on whose behalf; what the commands carry
 */
public record Start<D>(UUID businessKey, D draft, MessageContext context) {}
