package emporium.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Does the work of calls that come at the same moment in one piece, such as a transaction: one call alone at once, and
 * while a piece is under way, all that have come meanwhile as the next. Any thread may call; the work runs on a virtual
 * thread of its own, one piece at a time, in the order of arrival, and without the context of the callers.
 *
 * @param <I> what a call wants
 * @param <O> what it gets
 */
public final class Together<I, O> {

    private final int most;
    private final Function<List<I>, List<O>> work;
    private final Queue<Call<I, O>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean working = new AtomicBoolean();

    /**
     * @param most calls in one piece
     * @param work answers the calls in their order; what it throws, all of them get
     */
    public Together(int most, Function<List<I>, List<O>> work) {
        this.most = most;
        this.work = work;
    }

    private record Call<I, O>(I wish, CompletableFuture<O> answer) {}

    /** Waits for the answer, or throws what the work has thrown. */
    public O call(I wish) {
        var call = new Call<I, O>(wish, new CompletableFuture<>());
        waiting.add(call);
        if (working.compareAndSet(false, true)) {
            Thread.ofVirtual().name("together").start(this::work);
        }
        try {
            return call.answer.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void work() {
        do {
            for (var calls = next(); !calls.isEmpty(); calls = next()) {
                answer(calls);
            }
            working.set(false);
            // Who came between the last look and this line has seen somebody at work.
        } while (!waiting.isEmpty() && working.compareAndSet(false, true));
    }

    private List<Call<I, O>> next() {
        var calls = new ArrayList<Call<I, O>>();
        for (Call<I, O> call; calls.size() < most && (call = waiting.poll()) != null; ) {
            calls.add(call);
        }
        return calls;
    }

    // Whatever goes wrong, an error too, every caller is told: nobody waits for ever.
    private void answer(List<Call<I, O>> calls) {
        try {
            var answers = work.apply(calls.stream().map(Call::wish).toList());
            for (var i = 0; i < calls.size(); i++) {
                calls.get(i).answer.complete(answers.get(i));
            }
        } catch (Throwable failure) {
            calls.forEach(call -> call.answer.completeExceptionally(failure));
        }
    }
}
