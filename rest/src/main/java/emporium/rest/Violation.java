package emporium.rest;

/**
 * One field of a request that is not as it must be.
 *
 * @param field as in the JSON, such as {@code items[0].quantity}; or the name of a query parameter or header
 */
public record Violation(String field, String message) {}
