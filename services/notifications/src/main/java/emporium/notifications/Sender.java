package emporium.notifications;

import static java.util.stream.Collectors.toMap;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends what is due. The mail server and the record cannot be changed together, so the record follows at once, and
 * until then the letter is claimed: only a process that dies between the server's word and its own note sends a mail
 * a second time, under the same Message-ID. Letters that go out while a note is written share the next one.
 */
@Singleton
class Sender {
    private static final Logger LOG = Logger.getLogger(Sender.class);
    /** Longer than an attempt can take: see the limits of {@link SmtpPost} and {@link Addressees}. */
    private static final Duration CLAIM = Duration.ofMinutes(1);

    private static final int AT_ONCE = 50;
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

    /** Tries to send letters that are due, all at the same time, and returns how many that were. */
    int sendOnce() {
        return office.post().map(this::sendBy).orElse(0);
    }

    private int sendBy(Post post) {
        var now = clock.instant();
        var due = deliveries.claim(now, now.plus(CLAIM), AT_ONCE);
        var known = addressees.find(
                due.stream().map(delivery -> delivery.notice().customer()).toList());
        var attempts = new LinkedBlockingQueue<Attempt>();
        for (var delivery : due) {
            Thread.ofVirtual().name("letter").start(() -> attempts.add(attempt(delivery, known, post)));
        }
        for (var noted = 0; noted < due.size(); ) {
            noted += note(attempts);
        }
        return due.size();
    }

    /** One attempt: with the letter if it has gone out, else with the failure. */
    private record Attempt(Delivery delivery, Letter letter, RuntimeException failure) {
        boolean sent() {
            return failure == null;
        }
    }

    private Attempt attempt(Delivery delivery, Map<UUID, Addressee> known, Post post) {
        try {
            var customer = delivery.notice().customer();
            var addressee = known.containsKey(customer) ? known.get(customer) : addressees.get(customer);
            var letter = letters.write(delivery, addressee);
            post.deliver(letter);
            return new Attempt(delivery, letter, null);
        } catch (RuntimeException e) {
            return new Attempt(delivery, null, e);
        }
    }

    /** Waits for the end of one attempt and notes all that have ended by then; returns how many. */
    private int note(BlockingQueue<Attempt> attempts) {
        var ended = new ArrayList<Attempt>();
        try {
            ended.add(attempts.take());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted with letters in hand", e);
        }
        attempts.drainTo(ended);
        var sent = ended.stream().filter(Attempt::sent).collect(toMap(Attempt::delivery, Attempt::letter));
        noteSent(sent);
        ended.stream().filter(attempt -> !attempt.sent()).forEach(this::noteFailed);
        return ended.size();
    }

    /** Insists, as long as the claim lasts: without this note the mails would go out again. */
    private void noteSent(Map<Delivery, Letter> sent) {
        for (var attempt = 1; ; attempt++) {
            try {
                deliveries.sent(sent);
                return;
            } catch (RuntimeException e) {
                LOG.warnf("%d letters are sent, but this cannot be noted yet: %s", sent.size(), e.getMessage());
                if (sent.keySet().stream().noneMatch(delivery -> clock.instant().isBefore(delivery.dueAt()))
                        || !rest(wait(attempt))) {
                    return;
                }
            }
        }
    }

    private void noteFailed(Attempt attempt) {
        var delivery = attempt.delivery();
        var failure = attempt.failure();
        var why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        LOG.warnf("Letter %s, attempt %d: %s", delivery.id(), delivery.attempts(), why);
        if (failure instanceof Undeliverable || delivery.attempts() >= mostAttempts) {
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
