package emporium.messaging;

import java.time.Duration;

/** Asks the owner of some state, past all streams: no delivery guarantee, an answer within the time or an exception. */
public interface Queries {

    /**
     * Asks the endpoint that the query's wire name names. Blocks; call it outside of database transactions.
     *
     * @throws QueryFailed when no answer came in time, nobody is there to answer, or the owner could not
     */
    <A> A ask(Object query, Class<A> answer, Duration within);
}
