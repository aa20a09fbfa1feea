package emporium.messaging;

import emporium.messaging.Transport.Outgoing;

/** A message as the outbox keeps it. */
record OutboxRow(String subject, Envelope envelope, byte[] body) {

    /** For its publication: the broker may drop a repetition. */
    Outgoing outgoing() {
        return new Outgoing(subject, envelope.id().toString(), Headers.write(envelope), body);
    }

    /** For an answer given again: it must arrive even if the broker remembers the first one. */
    Outgoing again() {
        return new Outgoing(subject, null, Headers.write(envelope), body);
    }
}
