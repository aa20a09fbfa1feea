package emporium.payments;

import emporium.contracts.Money;
import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/**
 * Moves no money. Its methods: {@code approve} always works; {@code decline} is declined at once;
 * {@code decline-on-capture} is held, and declined when the money is to be taken; {@code slow} works after two seconds.
 */
@Singleton
@DefaultBean
class TestGateway implements PaymentGateway {

    private static final Duration SLOW = Duration.ofSeconds(2);

    @Override
    public Set<String> methods() {
        return Set.of("approve", "decline", "decline-on-capture", "slow");
    }

    @Override
    public Authorization authorize(String reference, Money amount, String method) {
        if (method.equals("decline")) {
            return new Authorization.Declined("The card issuer has declined it.");
        }
        if (method.equals("slow")) {
            pause();
        }
        return new Authorization.Approved("test-" + reference);
    }

    private static void pause() {
        try {
            Thread.sleep(SLOW);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the gateway worked", e);
        }
    }
}
