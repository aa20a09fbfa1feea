package emporium.messaging;

/** A decoded message with its envelope, for handlers that take whole batches. */
public record Received<T>(T body, Envelope envelope) {}
