package emporium.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a POST safe to send again: the same {@code Idempotency-Key} and body on the same path give the first answer
 * again, for 24 hours. Only successes are kept; a failed request leaves nothing behind.
 */
@Singleton
public class Idempotency {

    private static final int MAX_KEY_LENGTH = 200;

    private final IdempotencyKeys keys;
    private final ObjectMapper json;
    private final UriInfo uri;
    private final Request request;

    Idempotency(IdempotencyKeys keys, ObjectMapper json, UriInfo uri, Request request) {
        this.keys = keys;
        this.json = json;
        this.uri = uri;
        this.request = request;
    }

    /**
     * Does the work in a new transaction, at most once per key.
     *
     * @param schema the service's schema, which holds the table {@code idempotency_key} of {@code db/rest}
     * @param key the header's value; null when the client gave none: then the work is just done
     * @param body the request's body: compared by its JSON
     * @param work runs in the transaction that also keeps its answer; what it throws rolls back both
     */
    public Response once(String schema, String key, Object body, Supplier<Answer> work) {
        return once(schema, key, body, () -> null, nothing -> work.get());
    }

    /**
     * As {@link #once(String, String, Object, Supplier)} for work that begins outside of the transaction, such as a
     * call to another system that may take its time.
     *
     * @param first runs before the transaction, unless the answer is known already; twins that come at the same
     *     moment, or a repetition after a crash, run it again
     * @param work gets what {@code first} has returned
     */
    public <T> Response once(
            String schema, String key, Object body, Supplier<T> first, Function<? super T, Answer> work) {
        if (key == null) {
            var begun = first.get();
            return QuarkusTransaction.requiringNew().call(() -> answer(work.apply(begun)));
        }
        check(key);
        var use = new IdempotencyKeys.Use(schema, endpoint(), key, sha256(write(body)));
        return keys.find(use).map(kept -> again(kept, use)).orElseGet(() -> {
            var begun = first.get();
            return QuarkusTransaction.requiringNew().call(() -> onceInTransaction(use, () -> work.apply(begun)));
        });
    }

    private Response onceInTransaction(IdempotencyKeys.Use use, Supplier<Answer> work) {
        // A twin that runs at this moment holds the key: the insert waits for its commit (then the key is taken)
        // or its rollback (then it is ours).
        if (!keys.take(use)) {
            // Empty only if the sweeper took it away this very moment, a day after its first use.
            return keys.find(use)
                    .map(kept -> again(kept, use))
                    .orElseThrow(() -> Problem.collision("The Idempotency-Key has just expired. Send it again."));
        }
        var answer = work.get();
        var text = write(answer.body());
        keys.keep(use, answer, text);
        return answer.response(text);
    }

    private Response again(IdempotencyKeys.Kept kept, IdempotencyKeys.Use use) {
        if (!MessageDigest.isEqual(kept.request(), use.request())) {
            throw Problem.refused("The Idempotency-Key " + use.key() + " was used before with another body.");
        }
        return new Answer(kept.status(), kept.location(), null).response(kept.body());
    }

    /** The response to work that is done already and has no key. */
    public Response answer(Answer answer) {
        return answer.response(write(answer.body()));
    }

    private String endpoint() {
        return request.getMethod() + " " + uri.getPath();
    }

    private static void check(String key) {
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH || !key.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw Problem.badInput("Idempotency-Key", "must be 1 to " + MAX_KEY_LENGTH + " printable ASCII characters");
        }
    }

    private String write(Object body) {
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(body.getClass().getName() + " cannot be written as JSON", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
