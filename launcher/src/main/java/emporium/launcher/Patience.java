package emporium.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import emporium.infra.InfraException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Looks at something again and again until it is as expected, but not for ever. */
final class Patience {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final JsonRest mall;

    Patience(JsonRest mall) {
        this.mall = mall;
    }

    /** Returns what is there once it is as expected; what is not there yet is awaited too. */
    JsonNode await(String expectation, String path, Predicate<JsonNode> expected) throws IOException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            var seen = look(path);
            if (expected.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new InfraException("After %d seconds %s; the mall says at %s: %s"
                        .formatted(LIMIT.toSeconds(), expectation, path, seen));
            }
            LockSupport.parkNanos(PERIOD.toNanos());
        }
    }

    private JsonNode look(String path) throws IOException {
        try {
            return mall.get(path);
        } catch (Refused e) {
            if (e.isNotFound()) {
                return MissingNode.getInstance();
            }
            throw e;
        }
    }
}
