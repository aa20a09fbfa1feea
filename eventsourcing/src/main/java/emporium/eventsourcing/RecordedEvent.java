package emporium.eventsourcing;

import java.util.UUID;

/**
 * An event as the store keeps it.
 *
 * @param position its place in the global order; grows, with gaps
 * @param stream the aggregate that it happened to
 * @param version its place in the stream: 1, 2, 3, ...
 * @param type the name under which it is stored
 * @param data the event, brought to its present shape
 */
public record RecordedEvent<E>(long position, UUID stream, long version, String type, E data, Metadata metadata) {}
