package emporium.saga;

import java.util.Collection;
import java.util.UUID;

/** A reply names a saga that is not stored here, or none. The receiver tries it again for a while, then parks it. */
public final class UnknownSaga extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownSaga(Collection<UUID> conversations) {
        super("a reply was received for a saga that is not known: " + conversations);
    }
}
