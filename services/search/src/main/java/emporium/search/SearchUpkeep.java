package emporium.search;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Does from time to time what no event leads to: finds missing names, and removes what a rebuild leaves behind. */
@Singleton
class SearchUpkeep {
    private static final Logger LOG = Logger.getLogger(SearchUpkeep.class);

    private final Names names;
    private final Rebuild rebuild;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);

    SearchUpkeep(
            Names names,
            Rebuild rebuild,
            @ConfigProperty(name = "emporium.search.upkeep-interval", defaultValue = "2s") Duration interval) {
        this.names = names;
        this.rebuild = rebuild;
        this.interval = interval;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("search-upkeep").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stop.countDown();
    }

    private void run() {
        try {
            while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                keepUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepUp() {
        try {
            rebuild.tidy();
            while (stop.getCount() > 0 && names.fillOnce() > 0) {
                LOG.debug("names were filled in, more may be missing");
            }
        } catch (RuntimeException e) {
            LOG.warnf("The search's upkeep is tried again in %s: %s", interval, e.getMessage());
        }
    }
}
