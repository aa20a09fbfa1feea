package emporium.payments;

import emporium.contracts.Money;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/**
 * Moves no money. Its methods: {@code approve} always works; {@code decline} is declined at once;
 * {@code decline-on-capture} is held, and declined when the money is to be taken; {@code slow} works, and takes two
 * seconds for whatever it is asked. It remembers nothing: its ids tell the method, and come of the references alone.
 */
@Singleton
@DefaultBean
class TestGateway implements PaymentGateway {

    private static final Duration SLOW = Duration.ofSeconds(2);
    private static final Verdict DECLINED = new Verdict.Declined("The card issuer has declined it.");

    @Override
    public Set<String> methods() {
        return Set.of("approve", "decline", "decline-on-capture", "slow");
    }

    @Override
    public Verdict authorize(String reference, Money amount, String method) {
        pauseIfSlow(method);
        return method.equals("decline") ? DECLINED : new Verdict.Approved(method + "/" + reference);
    }

    @Override
    public Verdict capture(String reference, String authorizationId, Money amount) {
        var method = methodOf(authorizationId);
        pauseIfSlow(method);
        return method.equals("decline-on-capture") ? DECLINED : new Verdict.Approved(method + "/" + reference);
    }

    @Override
    public void voidAuthorization(String reference, String authorizationId) {
        pauseIfSlow(methodOf(authorizationId));
    }

    @Override
    public void refund(String reference, String captureId, Money amount) {
        pauseIfSlow(methodOf(captureId));
    }

    private static String methodOf(String id) {
        return id.split("/", 2)[0];
    }

    private static void pauseIfSlow(String method) {
        if (!method.equals("slow")) {
            return;
        }
        try {
            Thread.sleep(SLOW);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gateway worked", e);
        }
    }
}
