package emporium.payments;

import emporium.payments.PaymentGateway.Verdict;
import emporium.payments.PaymentGateway.Verdict.Approved;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Tells the gateway what was recorded, outside of any transaction, and has its answers booked. What a crash or a
 * silent gateway leaves open is told again, by any replica, until there is an answer.
 */
@Singleton
class TransferRunner {

    private static final Logger LOG = Logger.getLogger(TransferRunner.class);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 16;

    private final Transfers transfers;
    private final Cashier cashier;
    private final PaymentGateway gateway;
    private final InstantSource clock;
    private volatile boolean stopping;
    private boolean failing;

    TransferRunner(Transfers transfers, Cashier cashier, PaymentGateway gateway, InstantSource clock) {
        this.transfers = transfers;
        this.cashier = cashier;
        this.gateway = gateway;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("transfer-runner").start(this::repeat);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void repeat() {
        try {
            while (!stopping) {
                if (runOnceOrSay() < AT_ONCE) {
                    transfers.await(IDLE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int runOnceOrSay() {
        try {
            var made = runOnce();
            failing = false;
            return made;
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.warnf("The gateway is told nothing at present: %s", e);
            }
            failing = true;
            return 0;
        }
    }

    /** Makes one attempt at each of some transfers that are due, and returns how many. */
    int runOnce() {
        var due = QuarkusTransaction.requiringNew().call(() -> transfers.takeDue(clock.instant(), AT_ONCE));
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            due.forEach(transfer -> workers.submit(() -> runOrSay(transfer)));
        }
        return due.size();
    }

    private void runOrSay(Transfer transfer) {
        try {
            run(transfer);
        } catch (RuntimeException e) {
            LOG.warnf("The %s %s was not booked and comes again: %s", transfer.kind(), transfer.id(), e);
        }
    }

    /** Makes one attempt; returns the transfer as it was booked, or empty when the gateway gave no answer. */
    Optional<Transfer> run(Transfer transfer) {
        Verdict verdict;
        try {
            verdict = ask(transfer);
        } catch (RuntimeException e) {
            LOG.warnf("The gateway gave no answer to the %s %s: %s", transfer.kind(), transfer.id(), e);
            QuarkusTransaction.requiringNew()
                    .run(() ->
                            transfers.lock(transfer.id()).unanswered(String.valueOf(e.getMessage()), clock.instant()));
            return Optional.empty();
        }
        // A crash here leaves it pending: told again under the same reference, the gateway gives the same answer.
        return Optional.of(QuarkusTransaction.requiringNew().call(() -> cashier.book(transfer, verdict)));
    }

    private Verdict ask(Transfer transfer) {
        var reference = transfer.id().toString();
        return switch (transfer.kind()) {
            case CAPTURE -> gateway.capture(reference, transfer.subject(), transfer.amount());
            case VOID -> {
                gateway.voidAuthorization(reference, transfer.subject());
                yield new Approved(reference);
            }
            case REFUND -> {
                gateway.refund(reference, transfer.subject(), transfer.amount());
                yield new Approved(reference);
            }
        };
    }
}
