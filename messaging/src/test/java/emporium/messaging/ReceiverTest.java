package emporium.messaging;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.BakeryMessages.Baked;
import emporium.messaging.Transport.Delivery;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** One receiver, fed by hand: what a batch costs, what an outage does to it, what is left when it stops. */
@QuarkusTest
class ReceiverTest {

    @Inject
    Setting setting;

    @Inject
    Transport transport;

    @Inject
    MessageIds ids;

    private final AtomicInteger statements = new AtomicInteger();

    /** With which SQL state the database refuses everything; empty when it does not. */
    private final AtomicReference<String> refusal = new AtomicReference<>("");

    private final AtomicInteger refusals = new AtomicInteger();

    @Test
    void a_batch_of_a_hundred_costs_as_many_statements_as_a_batch_of_one() throws Exception {
        var receiver = receiver(bake -> new Baked(bake.loaves()));
        assertEquals(handledAtOnce(receiver, 1), handledAtOnce(receiver, 100));
        assertEquals(2, statements.get(), "inbox and outbox");
    }

    @Test
    void a_bad_message_harms_only_itself() throws Exception {
        var handled = new AtomicInteger();
        var receiver = receiver(bake -> {
            if (bake.mood().equals("bad")) {
                throw new IllegalStateException("bad dough");
            }
            handled.incrementAndGet();
            return new Baked(bake.loaves());
        });
        var good = deliver(receiver, 2);
        var bad = new HandedOut(ids.next(), "bad");
        receiver.arrive(bad);
        good.addAll(deliver(receiver, 2));
        receiver.receiveOnce(Duration.ZERO);
        assertTrue(good.stream().allMatch(message -> message.acked));
        assertTrue(bad.retried && !bad.acked);
        assertEquals(4, storedInInbox(good));
    }

    @Test
    void a_message_that_comes_again_while_it_waits_is_taken_once() throws Exception {
        var receiver = receiver(bake -> new Baked(bake.loaves()));
        var message = deliver(receiver, 1).getFirst();
        receiver.arrive(message);
        assertEquals(1, receiver.receiveOnce(Duration.ZERO));
        receiver.arrive(message);
        assertEquals(1, receiver.receiveOnce(Duration.ZERO), "after it was settled it is a new delivery");
    }

    @Test
    void a_message_in_work_is_prolonged_until_its_handler_returns() throws Exception {
        var prolonged = new CountDownLatch(2);
        var receiver = receiver(
                bake -> {
                    awaitLatch(prolonged);
                    return new Baked(bake.loaves());
                },
                new KeepAlive(Duration.ofMillis(150)));
        var message = new HandedOut(ids.next(), "slow", prolonged::countDown);
        receiver.arrive(message);
        runUntil(receiver, () -> message.acked);
    }

    @Test
    void what_arrives_after_a_slow_message_does_not_wait_for_it() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var receiver = receiver(bake -> {
            if (bake.mood().equals("slow")) {
                begun.countDown();
                awaitLatch(release);
            }
            return new Baked(bake.loaves());
        });
        var slow = new HandedOut(ids.next(), "slow");
        receiver.arrive(slow);
        var others = new ArrayList<HandedOut>();
        runUntil(receiver, () -> {
            if (begun.getCount() == 0 && others.isEmpty()) {
                others.addAll(deliver(receiver, 3));
            }
            if (!others.isEmpty() && others.stream().allMatch(message -> message.acked)) {
                release.countDown();
            }
            return slow.acked;
        });
    }

    @Test
    void messages_that_wait_for_a_database_that_is_away_are_prolonged_too() throws Exception {
        var prolonged = new CountDownLatch(2);
        var receiver = receiver(bake -> new Baked(bake.loaves()), new KeepAlive(Duration.ofMillis(150)));
        refusal.set("08001");
        deliver(receiver, setting.config().batch());
        var waiting = new HandedOut(ids.next(), "waiting", prolonged::countDown);
        receiver.arrive(waiting);
        runUntil(receiver, () -> {
            if (prolonged.getCount() == 0) {
                refusal.set("");
            }
            return waiting.acked;
        });
    }

    @Test
    void while_the_database_is_away_the_batch_is_kept_and_handled_after_its_return() throws Exception {
        assertKeptWhileRefusedWith("08001");
    }

    @Test
    void while_the_database_takes_no_writes_as_in_a_failover_the_batch_is_kept() throws Exception {
        assertKeptWhileRefusedWith("25006");
    }

    private void assertKeptWhileRefusedWith(String state) throws Exception {
        var receiver = receiver(bake -> new Baked(bake.loaves()));
        var messages = deliver(receiver, 10);
        refusal.set(state);
        var working = Thread.startVirtualThread(() -> receiveOnce(receiver));
        await().until(() -> refusals.get() >= 3);
        assertTrue(messages.stream().noneMatch(message -> message.acked || message.retried));
        refusal.set("");
        working.join();
        assertTrue(messages.stream().allMatch(message -> message.acked));
    }

    @Test
    void a_receiver_told_to_stop_finishes_its_batch_and_gives_the_rest_back() throws Exception {
        var begun = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var receiver = receiver(bake -> {
            begun.countDown();
            awaitLatch(release);
            return new Baked(bake.loaves());
        });
        var first = deliver(receiver, 1);
        var running = Thread.startVirtualThread(receiver::run);
        begun.await();
        var rest = deliver(receiver, 5);
        receiver.stop();
        release.countDown();
        running.join();
        assertTrue(first.getFirst().acked);
        assertTrue(rest.stream().allMatch(message -> message.retried));
    }

    private int handledAtOnce(Receiver receiver, int count) throws InterruptedException {
        deliver(receiver, count);
        statements.set(0);
        assertEquals(count, receiver.receiveOnce(Duration.ZERO));
        return statements.get();
    }

    private List<HandedOut> deliver(Receiver receiver, int count) {
        var messages = IntStream.range(0, count)
                .mapToObj(i -> new HandedOut(ids.next()))
                .toList();
        messages.forEach(receiver::arrive);
        return new ArrayList<>(messages);
    }

    private int storedInInbox(List<HandedOut> messages) throws SQLException {
        try (var connection = setting.database().getConnection();
                var statement =
                        connection.prepareStatement("select count(*) from bakery.inbox where message_id = any(?)")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid",
                            messages.stream()
                                    .map(message -> message.envelope.id())
                                    .toArray()));
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    private Receiver receiver(Function<Bake, Baked> handler) {
        return receiver(handler, new KeepAlive(Duration.ofHours(1)));
    }

    private Receiver receiver(Function<Bake, Baked> handler, KeepAlive keepAlive) {
        var watched = new Setting(
                setting.config(),
                watchedDatabase(),
                setting.transactions(),
                setting.ids(),
                setting.clock(),
                setting.tracing(),
                setting.meters());
        var endpoint = Endpoint.named("bakery")
                .wire(BakeryMessages.TYPES)
                .commands(Bake.class, handler)
                .build();
        var endpoints = new Endpoints(watched, transport);
        endpoints.add(endpoint);
        return new Receiver(
                endpoint, endpoint.subscriptions().getFirst(), watched, endpoints.tables("bakery"), keepAlive);
    }

    /** The real database, with its statements counted, and away when the test says so. */
    private DataSource watchedDatabase() {
        return (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!refusal.get().isEmpty()) {
                        refusals.incrementAndGet();
                        throw new SQLException("refused", refusal.get());
                    }
                    return watched((Connection) method.invoke(setting.database(), arguments));
                });
    }

    private Connection watched(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        statements.incrementAndGet();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Lets the receiver work as it does in a process, until this is so. */
    private static void runUntil(Receiver receiver, Callable<Boolean> so) throws InterruptedException {
        var working = Thread.startVirtualThread(receiver::run);
        await().until(so);
        receiver.stop();
        working.join();
    }

    private static void receiveOnce(Receiver receiver) {
        try {
            receiver.receiveOnce(Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A command as a transport hands it out, which remembers how it was settled. */
    private static final class HandedOut implements Delivery {

        private static final AtomicLong SEQUENCES = new AtomicLong();

        private final long sequence = SEQUENCES.incrementAndGet();
        private final Envelope envelope;
        private final String mood;
        private final Runnable whenProlonged;
        private volatile boolean acked;
        private volatile boolean retried;

        private HandedOut(UUID id) {
            this(id, "by hand");
        }

        private HandedOut(UUID id, String mood) {
            this(id, mood, () -> {});
        }

        private HandedOut(UUID id, String mood, Runnable whenProlonged) {
            this.mood = mood;
            this.whenProlonged = whenProlonged;
            envelope = new Envelope(id, "bakery.Bake.v1", "nobody", id, id, null, id, "nobody", null);
        }

        @Override
        public String subject() {
            return "cmd.bakery.0";
        }

        @Override
        public Map<String, String> headers() {
            return Headers.write(envelope);
        }

        @Override
        public byte[] body() {
            return Codec.write(new Bake(mood, 1));
        }

        @Override
        public String place() {
            return Long.toString(sequence);
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void ack() {
            acked = true;
        }

        @Override
        public void retryIn(Duration delay) {
            retried = true;
        }

        @Override
        public void inProgress() {
            whenProlonged.run();
        }
    }
}
