package emporium.notifications;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Has letters sent as they come due. At the end it waits for those in hand, so that none is left in doubt. */
@Singleton
class SenderLoop {
    private static final Logger LOG = Logger.getLogger(SenderLoop.class);
    private static final Duration LAST_LETTERS = Duration.ofSeconds(10);

    private final Sender sender;
    private final PostOffice office;
    private final Duration interval;
    private final CountDownLatch stop = new CountDownLatch(1);
    private Thread loop;

    SenderLoop(
            Sender sender,
            PostOffice office,
            @ConfigProperty(name = "emporium.notifications.interval", defaultValue = "1s") Duration interval) {
        this.sender = sender;
        this.office = office;
        this.interval = interval;
    }

    void start(@Observes StartupEvent event) {
        if (office.post().isEmpty()) {
            LOG.warn("No SMTP server is configured (EMPORIUM_SMTP_HOST), nor a folder for mails: letters wait.");
        }
        loop = Thread.ofVirtual().name("notifications-sender").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stop.countDown();
        loop.join(LAST_LETTERS);
    }

    private void run() {
        try {
            while (!stop.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                sendAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendAll() {
        try {
            while (stop.getCount() > 0 && sender.sendOnce() > 0) {
                LOG.debug("letters were sent, more may be due");
            }
        } catch (RuntimeException e) {
            LOG.warnf("Letters were not looked for, next attempt in %s: %s", interval, e.getMessage());
        }
    }
}
