package emporium.faults;

import emporium.faults.Arena.Kind;
import java.util.Set;

/**
 * A way to break the system while orders flow.
 *
 * @param name for the command line and the table
 * @param kind the servers it needs
 * @param strike breaks it and heals it again
 */
record Fault(String name, Kind kind, Form form, Strike strike) {

    /** In which form of the mall it makes sense. */
    enum Form {
        BOTH,
        SERVICES_ONLY
    }

    /** Breaks and heals; returns when what was broken is ready again. */
    interface Strike {
        /** @return ids, as text, of messages that are put aside on purpose and stay so */
        Set<String> on(Arena arena) throws Exception;
    }

    /** Nothing is poisoned. */
    interface Plain {
        void on(Arena arena) throws Exception;
    }

    static Fault of(String name, Plain strike) {
        return of(name, Kind.ONE_BROKER, strike);
    }

    static Fault of(String name, Kind kind, Plain strike) {
        return new Fault(name, kind, Form.BOTH, plain(strike));
    }

    static Fault ofServices(String name, Plain strike) {
        return new Fault(name, Kind.ONE_BROKER, Form.SERVICES_ONLY, plain(strike));
    }

    private static Strike plain(Plain strike) {
        return arena -> {
            strike.on(arena);
            return Set.of();
        };
    }

    boolean isFor(Options options) {
        return form == Form.BOTH || options.services();
    }
}
