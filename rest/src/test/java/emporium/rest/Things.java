package emporium.rest;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes things, once per idempotency key, and counts how many it has made. */
@Singleton
class Things {

    static final String SLOW = "slow";
    static final String CURSED = "cursed";

    final AtomicInteger made = new AtomicInteger();

    private final Idempotency idempotency;
    private final CountDownLatch slowHasBegun = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);

    Things(Idempotency idempotency) {
        this.idempotency = idempotency;
    }

    record Made(UUID id, String name) {}

    Response create(String key, ThingResource.Thing thing) {
        return idempotency.once("things", key, thing, () -> make(thing));
    }

    void awaitSlow() throws InterruptedException {
        slowHasBegun.await();
    }

    void letSlowEnd() {
        slowMayEnd.countDown();
    }

    private Answer make(ThingResource.Thing thing) {
        if (thing.name().equals(SLOW)) {
            pause();
        }
        made.incrementAndGet();
        if (thing.name().equals(CURSED)) {
            throw Problem.refused("The thing is cursed.");
        }
        var id = UUID.randomUUID();
        return Answer.created("/test/things/" + id, new Made(id, thing.name()));
    }

    private void pause() {
        slowHasBegun.countDown();
        try {
            slowMayEnd.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
