package emporium.saga;

import java.util.List;
import java.util.UUID;

/** What comes of an input: to be stored, recorded and sent together, or not at all. */
public record Decision<D>(Progress<D> progress, List<Outgoing> commands, List<HistoryEntry> history) {

    /** A command with its message id. */
    public record Outgoing(UUID id, Object command) {}
}
