package emporium.notifications;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends what is due. The mail server and the record cannot be changed together, so the record follows at once, and
 * until then the letter is claimed: only a process that dies between the server's word and its own note sends a mail
 * a second time, under the same Message-ID.
 */
@Singleton
class Sender {
    private static final Logger LOG = Logger.getLogger(Sender.class);
    /** Longer than an attempt can take: see the limits of {@link SmtpPost} and {@link Addressees}. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Deliveries deliveries;
    private final Addressees addressees;
    private final Letters letters;
    private final PostOffice office;
    private final InstantSource clock;
    private final int mostAttempts;
    private final Duration longestWait;

    Sender(
            Deliveries deliveries,
            Addressees addressees,
            Letters letters,
            PostOffice office,
            InstantSource clock,
            @ConfigProperty(name = "emporium.notifications.attempts", defaultValue = "30") int mostAttempts,
            @ConfigProperty(name = "emporium.notifications.longest-wait", defaultValue = "10m") Duration longestWait) {
        this.deliveries = deliveries;
        this.addressees = addressees;
        this.letters = letters;
        this.office = office;
        this.clock = clock;
        this.mostAttempts = mostAttempts;
        this.longestWait = longestWait;
    }

    /** Tries to send a letter that is due and returns how many that were: 1, or 0 without any or without a post. */
    int sendOnce() {
        return office.post().map(this::sendBy).orElse(0);
    }

    private int sendBy(Post post) {
        var now = clock.instant();
        var due = deliveries.claim(now, now.plus(CLAIM));
        due.ifPresent(delivery -> send(delivery, post));
        return due.isPresent() ? 1 : 0;
    }

    private void send(Delivery delivery, Post post) {
        try {
            var letter =
                    letters.write(delivery, addressees.get(delivery.notice().customer()));
            post.deliver(letter);
            note(delivery, letter);
        } catch (Undeliverable e) {
            LOG.warnf("Letter %s cannot be delivered: %s", delivery.id(), e.getMessage());
            deliveries.giveUp(delivery, e.getMessage());
        } catch (RuntimeException e) {
            failed(delivery, e);
        }
    }

    /** Insists, as long as the claim lasts: without this note the mail would go out again. */
    private void note(Delivery delivery, Letter letter) {
        for (var attempt = 1; ; attempt++) {
            try {
                deliveries.sent(delivery, letter);
                return;
            } catch (RuntimeException e) {
                LOG.warnf("Letter %s is sent, but this cannot be noted yet: %s", delivery.id(), e.getMessage());
                if (!clock.instant().isBefore(delivery.dueAt()) || !rest(wait(attempt))) {
                    return;
                }
            }
        }
    }

    private void failed(Delivery delivery, RuntimeException failure) {
        var why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        LOG.warnf("Letter %s, attempt %d: %s", delivery.id(), delivery.attempts(), why);
        if (delivery.attempts() >= mostAttempts) {
            deliveries.giveUp(delivery, why);
        } else {
            deliveries.postpone(delivery, again(delivery.attempts()), why);
        }
    }

    private Instant again(int attempts) {
        return clock.instant().plus(wait(attempts));
    }

    /** Doubled at each attempt, with jitter, so that not all that failed together comes again together. */
    Duration wait(int attempts) {
        var doubled = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 20));
        var capped = doubled.compareTo(longestWait) < 0 ? doubled : longestWait;
        return capped.multipliedBy(75 + ThreadLocalRandom.current().nextInt(51)).dividedBy(100);
    }

    private static boolean rest(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
