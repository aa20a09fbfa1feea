package emporium.eventsourcing;

import java.util.UUID;

/** A row of the event table; a snapshot read along with events is one too, without a type. */
record StoredEvent(
        long position, UUID stream, long version, String type, int typeVersion, String data, Metadata metadata) {

    boolean isSnapshot() {
        return type == null;
    }
}
