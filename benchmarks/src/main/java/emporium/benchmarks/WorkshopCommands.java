package emporium.benchmarks;

import emporium.benchmarks.WorkshopMessages.Stamp;
import emporium.benchmarks.WorkshopMessages.Stamped;
import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.Session;

/** Handles each command as the services do: one row is loaded, with those of the whole batch, and changed. */
@Singleton
class WorkshopCommands {

    private final Session session;
    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    WorkshopCommands(Session session) {
        this.session = session;
    }

    @Produces
    @Singleton
    @OwnedBy("workshop")
    Endpoint workshop() {
        return Endpoint.named("workshop")
                .wire(WorkshopMessages.TYPES)
                .migrations("db/workshop")
                .commands(Stamp.class, this::prefetch, this::handle)
                .build();
    }

    @Produces
    @Singleton
    @OwnedBy("sender")
    Endpoint sender() {
        return Endpoint.named("sender").wire(WorkshopMessages.TYPES).build();
    }

    /** Lets the messages pile up. */
    void close() {
        gate = new CountDownLatch(1);
    }

    void open() {
        gate.countDown();
    }

    long handled() {
        return handled.get();
    }

    long batches() {
        return batches.get();
    }

    private void prefetch(List<Stamp> commands) {
        batches.incrementAndGet();
        waitAtTheGate();
        session.findMultiple(Piece.class, commands.stream().map(Stamp::piece).toList());
    }

    private Stamped handle(Stamp command) {
        handled.incrementAndGet();
        return new Stamped(
                command.piece(), session.find(Piece.class, command.piece()).stamp());
    }

    private void waitAtTheGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
