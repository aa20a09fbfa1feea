package emporium.depot;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Fetches shopping lists, one at a time, and says from time to time that it is alive. */
@Entity
@Table(schema = "depot", name = "bot")
class Bot {

    enum Status {
        /** Waits for work. */
        IDLE,
        /** Has a list. */
        ACTIVE,
        /** Was not heard for too long; if it had a list, another bot gets it. */
        SILENT
    }

    @Id
    private UUID id;

    private String name;

    @Column(name = "heard_at")
    private Instant heardAt;

    protected Bot() {}

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    Instant heardAt() {
        return heardAt;
    }

    void heard(Instant at) {
        heardAt = at;
    }
}
