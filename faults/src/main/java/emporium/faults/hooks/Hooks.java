package emporium.faults.hooks;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What the rules in {@code faults.btm} call inside of the processes that are to be broken. Nothing happens unless a
 * file of that name lies in the folder of armed faults, which the suite writes to; what is to happen once deletes it
 * first, so that of several processes one does it, and none after its restart. Needs nothing but the JDK.
 */
public class Hooks {

    private static final Path ARMED = Path.of(System.getProperty("emporium.faults"));

    /** By its port the suite knows a process. */
    private static final String SELF = "@" + System.getenv("QUARKUS_HTTP_PORT");

    private static final int KILLED = 137;
    private static final ScheduledExecutorService LATER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("faults").factory());
    private static final Map<Object, Deque<Object>> HELD = new ConcurrentHashMap<>();
    private static final Map<String, Integer> PASSED = new ConcurrentHashMap<>();
    private static final ThreadLocal<Boolean> INSIDE = ThreadLocal.withInitial(() -> false);

    /** Ends the process here if this point is armed, for this process or for whichever comes first. */
    public void passage(String point) {
        if (consumed(point) || consumed(point + SELF)) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** Whether this is to fail now, once for each arming. */
    public boolean once(String fault) {
        return consumed(fault);
    }

    /** Whether this mechanism is switched off, to see that the suite notices. */
    public boolean without(String mechanism) {
        return armed("without-" + mechanism);
    }

    /** Whether this message is the one that no handler can take. */
    public boolean poisoned(Object message) {
        return meant("poison", message);
    }

    /** Takes longer for this message than the broker waits for its acknowledgement. */
    public void slow(Object message) throws InterruptedException {
        if (meant("slow", message) && consumed("slow")) {
            Thread.sleep(Duration.ofSeconds(15));
        }
    }

    /** Uses up all memory on the way of this message, once. */
    public void exhaust(Object message) {
        if (meant("exhaust", message) && consumed("exhaust")) {
            var hoard = new ArrayList<long[]>();
            while (true) {
                hoard.add(new long[1 << 20]);
            }
        }
    }

    /**
     * Publishes the message once more, and so that the broker cannot know it for a repetition: at once or a little later,
     * so that it comes in the same batch or in another.
     */
    public void duplicate(Object transport, Object outgoing) {
        if (armed("duplicate") && !INSIDE.get()) {
            var millis = ThreadLocalRandom.current().nextInt(500);
            LATER.schedule(() -> publishAgain(transport, outgoing), millis, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether the delivery does not arrive now, but later: some by seconds, a window of them in reverse, or none at all. */
    public boolean held(Object receiver, Object delivery) {
        if (INSIDE.get()) {
            return false;
        }
        if (armed("deaf")) {
            return true;
        }
        if (armed("delay") && ThreadLocalRandom.current().nextInt(10) == 0) {
            var millis = ThreadLocalRandom.current().nextInt(1_000, 6_000);
            LATER.schedule(() -> arrive(receiver, List.of(delivery)), millis, TimeUnit.MILLISECONDS);
            return true;
        }
        if (armed("reverse")) {
            hold(receiver, delivery);
            return true;
        }
        return false;
    }

    /** A clock that goes wrong by what the suite says, looked up at most every tenth of a second. */
    public InstantSource wrong(InstantSource clock) {
        return new InstantSource() {
            private volatile long readAt;
            private volatile Duration offset = Duration.ZERO;

            @Override
            public Instant instant() {
                if (System.nanoTime() - readAt > 100_000_000L) {
                    offset = content("clock" + SELF)
                            .or(() -> content("clock"))
                            .map(Duration::parse)
                            .orElse(Duration.ZERO);
                    readAt = System.nanoTime();
                }
                return clock.instant().plus(offset);
            }
        };
    }

    private static void hold(Object receiver, Object delivery) {
        var window = HELD.computeIfAbsent(receiver, any -> new ArrayDeque<>());
        synchronized (window) {
            if (window.isEmpty()) {
                LATER.schedule(() -> release(receiver, window), 300, TimeUnit.MILLISECONDS);
            }
            window.addFirst(delivery);
        }
    }

    private static void release(Object receiver, Deque<Object> window) {
        List<Object> reversed;
        synchronized (window) {
            reversed = List.copyOf(window);
            window.clear();
        }
        arrive(receiver, reversed);
    }

    private static void arrive(Object receiver, List<Object> deliveries) {
        INSIDE.set(true);
        try {
            var arrive = method(receiver, "arrive");
            for (var delivery : deliveries) {
                arrive.invoke(receiver, delivery);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            INSIDE.set(false);
        }
    }

    private static void publishAgain(Object transport, Object outgoing) {
        INSIDE.set(true);
        try {
            method(transport, "publish").invoke(transport, withoutDedupeId(outgoing));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            INSIDE.set(false);
        }
    }

    private static Object withoutDedupeId(Object outgoing) throws ReflectiveOperationException {
        var values = new ArrayList<>();
        for (var component : outgoing.getClass().getRecordComponents()) {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            values.add(component.getName().equals("dedupeId") ? null : accessor.invoke(outgoing));
        }
        Constructor<?> constructor = outgoing.getClass().getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return constructor.newInstance(values.toArray());
    }

    private static Method method(Object target, String name) {
        var method = Arrays.stream(target.getClass().getDeclaredMethods())
                .filter(one -> one.getName().equals(name) && !one.isBridge())
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        return method;
    }

    private static boolean meant(String fault, Object message) {
        return content(fault)
                .map(text -> Arrays.stream(text.split(" ")).allMatch(message.toString()::contains))
                .orElse(false);
    }

    private static boolean armed(String fault) {
        return Files.exists(ARMED.resolve(fault));
    }

    /** Whether this fault was armed and let pass as many as the file says; whoever can delete it has it. */
    private static boolean consumed(String fault) {
        if (!armed(fault)) {
            return false;
        }
        var toPass = content(fault)
                .filter(text -> text.matches("\\d+"))
                .map(Integer::parseInt)
                .orElse(0);
        if (PASSED.merge(fault, 1, Integer::sum) <= toPass) {
            return false;
        }
        PASSED.remove(fault);
        try {
            return Files.deleteIfExists(ARMED.resolve(fault));
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> content(String fault) {
        var file = ARMED.resolve(fault);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException taken) {
            return Optional.empty();
        }
    }
}
