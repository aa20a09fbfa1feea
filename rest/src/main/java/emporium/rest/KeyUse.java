package emporium.rest;

/**
 * One request with an {@code Idempotency-Key}: see {@link Idempotency#use}. Two requests are never equal, whatever their
 * keys: the array is compared by its identity.
 *
 * @param schema of the service, which holds the table of keys
 * @param endpoint method and path: the same key on another is another
 * @param request a hash of the body
 */
public record KeyUse(String schema, String endpoint, String key, byte[] request) {

    boolean sameKey(String otherEndpoint, String otherKey) {
        return endpoint.equals(otherEndpoint) && key.equals(otherKey);
    }
}
