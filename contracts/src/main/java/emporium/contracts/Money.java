package emporium.contracts;

import java.util.Objects;

/** An exact amount: whole minor units (cents) of one currency. Arithmetic refuses to mix currencies or to overflow. */
public record Money(long amount, String currency) {

    public Money {
        Objects.requireNonNull(currency, "currency");
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(amount, sameCurrency(other).amount), currency);
    }

    public Money times(int quantity) {
        return new Money(Math.multiplyExact(amount, quantity), currency);
    }

    public boolean covers(Money other) {
        return currency.equals(other.currency) && amount >= other.amount;
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return other;
    }

    /** As people write it: {@code 19.99 EUR}. */
    @Override
    public String toString() {
        return "%d.%02d %s".formatted(amount / 100, Math.abs(amount % 100), currency);
    }
}
