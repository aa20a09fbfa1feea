package emporium.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class ServicesTest {

    private static final int THREADS = 8;
    private static final int QUESTIONS = 5_000;

    @Inject
    Services services;

    /** An answer may be there before the thread that asked does its next step: the more of them, the more often. */
    @Test
    void no_answer_is_missed_whichever_thread_asks() throws Exception {
        var stores = services.named("stores").orElseThrow();
        Callable<Void> asking = () -> {
            for (var i = 0; i < QUESTIONS; i++) {
                var answer = stores.get("/q/health/ready").toCompletionStage().toCompletableFuture();
                assertEquals(200, answer.get(30, TimeUnit.SECONDS).status());
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var asked : threads.invokeAll(Collections.nCopies(THREADS, asking))) {
                asked.get();
            }
        }
    }
}
