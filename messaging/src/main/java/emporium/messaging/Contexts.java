package emporium.messaging;

/** Turns an envelope into the context in which its message is handled. */
final class Contexts {

    private Contexts() {}

    static MessageContext of(Envelope envelope) {
        return new MessageContext(envelope.correlationId(), envelope.id(), envelope.traceparent(), envelope.source());
    }
}
