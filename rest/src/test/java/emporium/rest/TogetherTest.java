package emporium.rest;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TogetherTest {
    private final List<List<Integer>> pieces = new CopyOnWriteArrayList<>();

    @Test
    void a_call_alone_is_done_at_once() {
        var doubled = new Together<Integer, Integer>(100, this::doubled);

        assertEquals(42, doubled.call(21));
        assertEquals(List.of(List.of(21)), pieces);
    }

    @Test
    void calls_that_come_while_others_are_worked_on_are_one_piece() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var doubled = new Together<Integer, Integer>(100, wishes -> {
            begun.countDown();
            waitFor(goOn);
            return doubled(wishes);
        });

        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = callers.submit(() -> doubled.call(1));
            begun.await();
            var waiting = callersOf(doubled, 2, 11);
            goOn.countDown();

            assertEquals(2, first.get());
            assertEquals(
                    List.of(4, 6, 8, 10, 12, 14, 16, 18, 20),
                    waiting.stream().map(CompletableFuture::join).toList());
        }
        assertEquals(2, pieces.size());
        assertEquals(
                List.of(2, 3, 4, 5, 6, 7, 8, 9, 10),
                pieces.getLast().stream().sorted().toList());
    }

    @Test
    void no_piece_is_larger_than_it_may_be() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var doubled = new Together<Integer, Integer>(4, wishes -> {
            begun.countDown();
            waitFor(goOn);
            return doubled(wishes);
        });

        var first = CompletableFuture.supplyAsync(() -> doubled.call(1));
        begun.await();
        var waiting = callersOf(doubled, 2, 11);
        goOn.countDown();

        assertEquals(2, first.join());
        waiting.forEach(CompletableFuture::join);
        assertEquals(List.of(1, 4, 4, 1), pieces.stream().map(List::size).toList());
    }

    @Test
    void a_failure_is_told_to_each_and_the_next_calls_are_worked_on() {
        var failing = new Together<Integer, Integer>(100, wishes -> {
            if (wishes.contains(13)) {
                throw new IllegalStateException("no luck");
            }
            return doubled(wishes);
        });

        assertEquals(
                "no luck",
                assertThrows(IllegalStateException.class, () -> failing.call(13))
                        .getMessage());
        assertEquals(2, failing.call(1));
    }

    @Test
    void an_error_is_told_too() {
        var failing = new Together<Integer, Integer>(100, wishes -> {
            throw new StackOverflowError("too deep");
        });

        assertEquals(
                "too deep",
                assertThrows(CompletionException.class, () -> failing.call(1))
                        .getCause()
                        .getMessage());
    }

    @Test
    void of_many_callers_none_is_forgotten() {
        var doubled = new Together<Integer, Integer>(7, this::doubled);

        var answers = IntStream.range(0, 5_000)
                .mapToObj(i -> later(() -> doubled.call(i)))
                .toList();

        assertEquals(
                IntStream.range(0, 5_000).map(i -> 2 * i).boxed().toList(),
                answers.stream().map(CompletableFuture::join).toList());
    }

    private List<Integer> doubled(List<Integer> wishes) {
        pieces.add(List.copyOf(wishes));
        return wishes.stream().map(i -> 2 * i).toList();
    }

    /** One caller each, once all of them wait. */
    private static List<CompletableFuture<Integer>> callersOf(Together<Integer, Integer> together, int from, int to) {
        var answers = new ArrayList<CompletableFuture<Integer>>();
        var threads = new ArrayList<Thread>();
        for (var i = from; i < to; i++) {
            var wish = i;
            var answer = new CompletableFuture<Integer>();
            answers.add(answer);
            threads.add(Thread.ofVirtual().start(() -> answer.complete(together.call(wish))));
        }
        await().until(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        return answers;
    }

    private static CompletableFuture<Integer> later(Supplier<Integer> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
