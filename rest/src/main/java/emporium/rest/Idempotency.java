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
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        var use = use(schema, key, body);
        return use.flatMap(this::kept).orElseGet(() -> {
            var begun = first.get();
            return QuarkusTransaction.requiringNew().call(() -> onceInTransaction(use, () -> work.apply(begun)));
        });
    }

    /**
     * For requests that share a transaction, which asks {@link #kept} before, {@link #take} and {@link #keep} in it, and
     * again {@link #kept} after it for those whose key was taken. Call it while the request is there.
     *
     * @param key the header's value; empty is returned when the client gave none
     * @see #once(String, String, Object, Supplier)
     */
    public Optional<KeyUse> use(String schema, String key, Object body) {
        if (key == null) {
            return Optional.empty();
        }
        check(key);
        return Optional.of(new KeyUse(schema, endpoint(), key, sha256(write(body))));
    }

    /** The first answer again, if there is one. */
    public Optional<Response> kept(KeyUse use) {
        return keys.find(use).map(kept -> again(kept, use));
    }

    /**
     * Takes the keys in the present transaction and waits for others who take them at this moment; returns the requests
     * that are the first with their keys, the only ones for which something may be done.
     */
    public List<KeyUse> take(Collection<KeyUse> uses) {
        return keys.take(uses);
    }

    /** Keeps, in the transaction that has taken their keys, what requests are answered. */
    public void keep(Map<KeyUse, Answer> answers) {
        var written = new LinkedHashMap<KeyUse, IdempotencyKeys.Written>();
        answers.forEach((use, answer) -> written.put(use, new IdempotencyKeys.Written(answer, write(answer.body()))));
        keys.keep(written);
    }

    /** The response to what is done. */
    public Response answer(Answer answer) {
        return answer.response(write(answer.body()));
    }

    /** For one whose key a twin has taken: the twin's answer, which is there when {@link #take} has returned. */
    public Response twins(KeyUse use) {
        // Empty only if the sweeper took it away this very moment, a day after its first use.
        return kept(use).orElseThrow(() -> Problem.collision("The Idempotency-Key has just expired. Send it again."));
    }

    private Response onceInTransaction(Optional<KeyUse> use, Supplier<Answer> work) {
        // A twin that runs at this moment holds the key: the insert waits for its commit (then the key is taken)
        // or its rollback (then it is ours).
        if (use.isPresent() && keys.take(List.of(use.get())).isEmpty()) {
            return twins(use.get());
        }
        var answer = work.get();
        use.ifPresent(taken -> keep(Map.of(taken, answer)));
        return answer(answer);
    }

    private Response again(IdempotencyKeys.Kept kept, KeyUse use) {
        if (!MessageDigest.isEqual(kept.request(), use.request())) {
            throw Problem.refused("The Idempotency-Key " + use.key() + " was used before with another body.");
        }
        return new Answer(kept.status(), kept.location(), null).response(kept.body());
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
