package emporium.payments;

import emporium.contracts.Money;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The test gateway with books of its own: it knows what it holds, has taken and given back, and refuses what no bank
 * would do. Two more methods: of {@code lossy} the first answer to every reference is lost, after the work is done;
 * {@code waiting} captures when told to.
 */
@Singleton
class Bank implements PaymentGateway {

    private final TestGateway gateway = new TestGateway();
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final Map<String, Verdict> answers = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> begun = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> allowed = new ConcurrentHashMap<>();

    /** What the bank knows of one authorization. */
    record Account(long held, long captured, long refunded) {}

    Account account(String authorizationId) {
        return accounts.get(authorizationId);
    }

    /** Waits until it was asked to capture a {@code waiting} authorization. */
    void awaitCapture(String authorizationId) {
        within(semaphore(begun, authorizationId));
    }

    void allowCapture(String authorizationId) {
        semaphore(allowed, authorizationId).release();
    }

    @Override
    public Set<String> methods() {
        var methods = new TreeSet<>(gateway.methods());
        methods.addAll(Set.of("lossy", "waiting", "waiting-decline-on-capture"));
        return methods;
    }

    @Override
    public Verdict authorize(String reference, Money amount, String method) {
        var verdict = gateway.authorize(reference, amount, method);
        if (verdict instanceof Verdict.Approved(var id)) {
            accounts.putIfAbsent(id, new Account(amount.amount(), 0, 0));
        }
        return verdict;
    }

    @Override
    public Verdict capture(String reference, String authorizationId, Money amount) {
        if (authorizationId.startsWith("waiting")) {
            semaphore(begun, authorizationId).release();
            within(semaphore(allowed, authorizationId));
        }
        gateway.capture(reference, authorizationId, amount);
        return once(reference, () -> {
            if (authorizationId.contains("decline-on-capture")) {
                return new Verdict.Declined("The card issuer has declined it.");
            }
            change(authorizationId, old -> {
                require(old.captured == 0 && old.held >= amount.amount(), "capture " + amount, old);
                return new Account(0, amount.amount(), 0);
            });
            return new Verdict.Approved(authorizationId);
        });
    }

    @Override
    public void voidAuthorization(String reference, String authorizationId) {
        gateway.voidAuthorization(reference, authorizationId);
        once(
                reference,
                () -> change(authorizationId, old -> {
                    require(old.captured == 0, "void", old);
                    return new Account(0, 0, 0);
                }));
    }

    @Override
    public void refund(String reference, String captureId, Money amount) {
        gateway.refund(reference, captureId, amount);
        once(
                reference,
                () -> change(captureId, old -> {
                    require(old.captured - old.refunded >= amount.amount(), "refund " + amount, old);
                    return new Account(old.held, old.captured, old.refunded + amount.amount());
                }));
    }

    private Verdict once(String reference, Supplier<Verdict> work) {
        var fresh = !answers.containsKey(reference);
        var answer = answers.computeIfAbsent(reference, _ -> work.get());
        if (fresh && answer instanceof Verdict.Approved(var id) && id.startsWith("lossy")) {
            throw new IllegalStateException("the line went dead");
        }
        return answer;
    }

    private Verdict change(String authorizationId, UnaryOperator<Account> change) {
        accounts.compute(authorizationId, (_, old) -> change.apply(old));
        return new Verdict.Approved(authorizationId);
    }

    private static void require(boolean allowed, String asked, Account account) {
        if (!allowed) {
            throw new IllegalStateException("cannot " + asked + " of " + account);
        }
    }

    private static Semaphore semaphore(Map<String, Semaphore> all, String authorizationId) {
        return all.computeIfAbsent(authorizationId, _ -> new Semaphore(0));
    }

    private static void within(Semaphore semaphore) {
        try {
            if (!semaphore.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
