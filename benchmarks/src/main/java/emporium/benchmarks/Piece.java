package emporium.benchmarks;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** What the {@link Workshop} works on. */
@Entity
@Table(schema = "workshop", name = "piece")
class Piece {

    @Id
    private UUID id;

    private int stamps;

    @Version
    private long version;

    int stamp() {
        return ++stamps;
    }
}
