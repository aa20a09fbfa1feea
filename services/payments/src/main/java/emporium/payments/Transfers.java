package emporium.payments;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** All that the gateway was told or is still to be told. */
@Singleton
class Transfers implements PanacheRepositoryBase<Transfer, UUID> {

    private final TransactionSynchronizationRegistry transactions;
    private final Semaphore recorded = new Semaphore(0);

    Transfers(TransactionSynchronizationRegistry transactions) {
        this.transactions = transactions;
    }

    /** For the {@link TransferRunner}, which wakes up when the present transaction commits. */
    void record(Transfer transfer) {
        persist(transfer);
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    recorded.release();
                }
            }
        });
    }

    /** Returns when something was recorded since the last call, or after a while. */
    void await(Duration atMost) throws InterruptedException {
        if (recorded.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            recorded.drainPermits();
        }
    }

    /** Takes some that are due, whoever recorded them: for attempts that begin when the present transaction commits. */
    List<Transfer> takeDue(Instant now, int atMost) {
        var due = getSession()
                .createNativeQuery("""
                        select * from payments.transfer
                        where status = 'PENDING' and next_attempt_at <= :now
                        order by next_attempt_at
                        limit :atMost
                        for update skip locked""", Transfer.class)
                .setParameter("now", now)
                .setParameter("atMost", atMost)
                .getResultList();
        due.forEach(transfer -> transfer.attempt(now));
        return due;
    }

    Transfer lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    List<Transfer> of(UUID payment) {
        return list("paymentId = ?1 order by id", payment);
    }
}
