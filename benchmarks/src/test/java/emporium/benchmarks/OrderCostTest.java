package emporium.benchmarks;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import emporium.benchmarks.OrderWatch.Reads;
import emporium.benchmarks.OrderWatch.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What an order costs must not grow unseen. Counted, never timed: in a mall of its own, some orders one at a time, then
 * many with 64 in flight. Whoever makes an order cheaper lowers the limits.
 */
class OrderCostTest {

    /** A tenth above what was counted; these counts are the same on every machine. */
    private static final Counts ALONE_AT_MOST = new Counts(16, 71, 14.3, 36_000);

    /** How many orders share a transaction depends on the machine, so there is more room; batches of one break it. */
    private static final Counts TOGETHER_AT_MOST = new Counts(2.5, 12, 5, 31_000);

    /** An order among others, with as many messages to handle, costs this part of the statements of one alone. */
    private static final double SHARE_AT_MOST = 0.3;

    private static final int ALONE = 20;
    private static final int TOGETHER = 300;
    private static final int WARM_UP = 30;
    private static final int READS = 20;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Path HOME = Path.of("").toAbsolutePath().getParent();

    private static OwnMall mall;
    private static Counts alone;
    private static Counts together;

    private static CountingDatabase database;
    private static Broker broker;
    private static Shop shop;
    private static OrderWatch watch;
    private static Desk desk;
    private static Counts idlePerSecond;
    private static Counts perListRead;
    private static Counts perOrderRead;

    @BeforeAll
    static void orders_are_placed_alone_and_together() throws InterruptedException {
        var data =
                HOME.resolve("benchmarks/target/data/" + ProcessHandle.current().pid());
        mall = OwnMall.start(HOME, data, List.of(), Map.of());
        var running = new RunningMall(mall.options());
        broker = Broker.at(running.postgres().nats());
        database = new CountingDatabase(running.postgres());
        var client = new MallClient(List.of(running.address()));
        shop = new Shop(client);
        watch = new OrderWatch(client);
        desk = new Desk(client, shop, watch);
        shop.open();
        order(WARM_UP, 1);
        learnWhatElseIsCounted();
        alone = measure(ALONE, 1);
        together = measure(TOGETHER, 64);
    }

    private static void learnWhatElseIsCounted() throws InterruptedException {
        awaitRest();
        var before = counts();
        await().atMost(IDLE.multipliedBy(2)).pollDelay(IDLE).until(() -> true);
        idlePerSecond = counts().minus(before).times(1.0 / IDLE.toSeconds());
        var approved = watch.readList(Status.APPROVED, null).items().getFirst().id();
        perListRead = countRead(() -> watch.readList(Status.APPROVED, null));
        perOrderRead = countRead(() -> watch.readOrder(approved));
    }

    /** Whole numbers: what is beyond was done by somebody else meanwhile. */
    private static Counts countRead(Crew.Work read) throws InterruptedException {
        var before = counts();
        for (var i = 0; i < READS; i++) {
            read.run();
        }
        var each = counts().minus(before).times(1.0 / READS);
        return new Counts(Math.rint(each.commits()), Math.rint(each.statements()), 0, 0);
    }

    /** What each of so many orders has cost, less what an idle mall does and what looking at it costs. */
    private static Counts measure(int orders, int inFlight) throws InterruptedException {
        shop.preparePayments(orders, Status.APPROVED);
        awaitRest();
        var readsBefore = watch.reads();
        var before = counts();
        var begin = System.nanoTime();
        place(inFlight);
        awaitRest();
        var seconds = (System.nanoTime() - begin) / 1e9;
        return counts().minus(before)
                .minus(idlePerSecond.times(seconds))
                .minus(costOf(watch.reads().minus(readsBefore)))
                .times(1.0 / orders);
    }

    private static Counts costOf(Reads reads) {
        return perListRead.times(reads.lists()).plus(perOrderRead.times(reads.orders()));
    }

    private static void order(int orders, int inFlight) throws InterruptedException {
        shop.preparePayments(orders, Status.APPROVED);
        place(inFlight);
    }

    private static void place(int inFlight) throws InterruptedException {
        var looking = Thread.ofVirtual().start(() -> watch.repeat(List.of(Status.APPROVED), Duration.ofMillis(20)));
        try {
            new ClosedLoop(desk, shop).run(inFlight, Duration.ZERO, Duration.ofMinutes(2));
        } finally {
            looking.interrupt();
            looking.join();
        }
    }

    /** Until every message is published and no saga, letter or message is on its way. */
    private static void awaitRest() {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var before = counts();
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            var meanwhile = counts().minus(before);
            return meanwhile.messages() == 0 && meanwhile.statements() < 60;
        });
    }

    private static Counts counts() {
        return database.counts(broker.messages());
    }

    @AfterAll
    static void the_mall_is_closed() {
        broker.close();
        database.close();
        mall.close();
    }

    @Test
    void an_order_alone_costs_no_more_than_it_did() {
        assertAtMost(ALONE_AT_MOST, alone);
    }

    @Test
    void an_order_among_others_costs_no_more_than_it_did() {
        assertAtMost(TOGETHER_AT_MOST, together);
    }

    @Test
    void messages_that_arrive_together_share_their_statements() {
        var share = together.statements() / alone.statements();
        assertTrue(share <= SHARE_AT_MOST, "An order among others costs " + share + " of the statements of one alone.");
    }

    private static void assertAtMost(Counts limit, Counts counted) {
        assertAll(
                () -> assertAtMost("commits", limit.commits(), counted.commits()),
                () -> assertAtMost("statements", limit.statements(), counted.statements()),
                () -> assertAtMost("messages", limit.messages(), counted.messages()),
                () -> assertAtMost("bytes of WAL", limit.walBytes(), counted.walBytes()));
    }

    private static void assertAtMost(String what, double limit, double counted) {
        System.out.printf("%.2f %s an order, at most %.1f%n", counted, what, limit);
        assertTrue(counted <= limit, "%.2f %s an order, at most %.1f".formatted(counted, what, limit));
    }
}
