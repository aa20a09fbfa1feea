package emporium.notifications;

import java.util.UUID;

/**
 * A letter as it is sent.
 *
 * @param id the same at each attempt, so that a mail that went out twice can be recognised as one
 */
record Letter(UUID id, String to, String subject, String text) {

    /** The header by which mail servers and programs know a mail. */
    String messageId() {
        return "<" + id + "@emporium>";
    }
}
