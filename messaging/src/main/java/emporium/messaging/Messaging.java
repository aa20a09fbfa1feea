package emporium.messaging;

import static java.util.concurrent.CompletableFuture.runAsync;

import emporium.messaging.Transport.BrokerUnavailable;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Starts all endpoints of the process with the application, keeps them going and drains them at the end: schema,
 * streams, then consumers. A database or broker that is away is waited for, with back-off and without end.
 */
@Singleton
class Messaging {

    private static final Logger LOG = Logger.getLogger(Messaging.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration PARTITION_CHECK = Duration.ofHours(1);

    private final List<Endpoint> declared;
    private final Endpoints endpoints;
    private final Transport transport;
    private final Setting setting;
    private KeepAlive keepAlive;
    private Thread upkeep;
    private Instant partitionsChecked;
    private volatile boolean started;
    private volatile boolean stopping;

    Messaging(@All List<Endpoint> declared, Endpoints endpoints, Transport transport, Setting setting) {
        this.declared = declared;
        this.endpoints = endpoints;
        this.transport = transport;
        this.setting = setting;
    }

    /** Whether all schemas are up to date and all consumers run. */
    boolean started() {
        return started;
    }

    // Before the application's own observers, so that they find their tables.
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        declared.forEach(endpoints::add);
        keepAlive = new KeepAlive(setting.config().ackWait());
        var up = new CompletableFuture<Void>();
        upkeep = Thread.ofVirtual().name("messaging-upkeep").start(() -> run(up));
        var wait = setting.config().startWait();
        try {
            up.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warnf("starting without database or broker: not there within %s, still trying", wait);
        } catch (ExecutionException e) {
            throw new IllegalStateException("messaging cannot start: " + Failures.reason(e), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        endpoints.running().forEach(RunningEndpoint::stopConsuming);
        try {
            for (var endpoint : endpoints.running()) {
                endpoint.drain(setting.config().drainTimeout());
            }
            upkeep.interrupt();
            upkeep.join(setting.config().drainTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            transport.close();
            keepAlive.close();
        }
    }

    private void run(CompletableFuture<Void> up) {
        try {
            bringUp();
            up.complete(null);
            while (!stopping) {
                keepUp();
                lookAtBacklogs();
                Thread.sleep(TICK);
            }
        } catch (InterruptedException e) {
            LOG.debug("upkeep ends");
        } catch (RuntimeException e) {
            if (!stopping) {
                LOG.errorf("messaging cannot start: %s", Failures.reason(e));
            }
            up.completeExceptionally(e);
        }
    }

    private void bringUp() throws InterruptedException {
        for (var attempt = 1; !started; attempt++) {
            try {
                endpoints.running().forEach(RunningEndpoint::migrate);
                partitionsChecked = setting.clock().instant();
                checkBroker();
                consume();
                transport.onReturn(this::brokerReturned);
                // What the process before this one left is not old enough yet to be noticed by its age.
                endpoints.running().forEach(endpoint -> endpoint.relay().fallBehind());
                started = true;
            } catch (RuntimeException e) {
                if (!Failures.isOutage(e) && !(e instanceof BrokerUnavailable)) {
                    throw e;
                }
                if (attempt % 10 == 1) {
                    LOG.warnf("waiting to start: %s", Failures.reason(e));
                }
                Thread.sleep(Failures.backoff(attempt, Duration.ofMillis(100), Duration.ofSeconds(2)));
            }
        }
    }

    /** Side by side: of the many questions to the broker, each only waits for its answer. */
    private void consume() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(endpoints.running().stream()
                            .map(endpoint -> runAsync(() -> endpoint.consume(transport, keepAlive), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void brokerReturned() {
        checkBroker();
        sweep();
    }

    private void checkBroker() {
        var known = new HashMap<RunningEndpoint, Map<String, Long>>();
        endpoints.running().forEach(endpoint -> known.put(endpoint, endpoint.recallBroker()));
        var streams = transport.prepare();
        known.forEach((endpoint, before) -> endpoint.checkBroker(streams, before));
    }

    private void keepUp() {
        try {
            sweep();
            var now = setting.clock().instant();
            if (now.isAfter(partitionsChecked.plus(PARTITION_CHECK)) || now.isBefore(partitionsChecked)) {
                endpoints.running().forEach(RunningEndpoint::maintainPartitions);
                partitionsChecked = setting.clock().instant();
            }
        } catch (RuntimeException e) {
            LOG.warnf("upkeep of the outboxes is tried again: %s", Failures.reason(e));
            LOG.debug("upkeep", e);
        }
    }

    private void lookAtBacklogs() {
        try {
            endpoints.running().forEach(endpoint -> endpoint.backlog().readIfLookedAt());
        } catch (RuntimeException e) {
            LOG.debug("what waits is looked at again later", e);
        }
    }

    private void sweep() {
        // In turns, so that one with much to publish does not keep the others waiting.
        for (var found = true; found && !stopping; ) {
            found = false;
            for (var endpoint : endpoints.running()) {
                found |= endpoint.relay().sweepIfDue() > 0;
            }
        }
    }
}
