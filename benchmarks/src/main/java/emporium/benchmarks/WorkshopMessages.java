package emporium.benchmarks;

import java.util.Map;
import java.util.UUID;

/** What the {@link Workshop} is told and answers. */
final class WorkshopMessages {

    static final Map<String, Class<?>> TYPES = Map.of(
            "workshop.Stamp.v1", Stamp.class, "workshop.Stamped.v1", Stamped.class, "sender.Parcel.v1", Parcel.class);

    private WorkshopMessages() {}

    record Stamp(UUID piece) {}

    record Stamped(UUID piece, int stamps) {}

    /** An event that nobody takes. */
    record Parcel(UUID id, String content) {}
}
