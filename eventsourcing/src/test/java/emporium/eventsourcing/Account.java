package emporium.eventsourcing;

import emporium.eventsourcing.AccountEvent.Deposited;
import emporium.eventsourcing.AccountEvent.Opened;
import emporium.eventsourcing.AccountEvent.Withdrawn;

/** The aggregate of these tests. */
record Account(String owner, long balance) {

    static final AggregateType<Account, AccountEvent> TYPE = type("account").build();

    static AggregateType<Account, AccountEvent> withSnapshots(int shape) {
        return type("kept account").snapshotEvery(5, Account.class, shape).build();
    }

    private static AggregateType.Builder<Account, AccountEvent> type(String name) {
        return AggregateType.named(name, AccountEvent.class, Account::after)
                .event("Opened", 1, Opened.class)
                .event("Deposited", 1, Deposited.class)
                .event("Withdrawn", 1, Withdrawn.class);
    }

    static Account after(Account before, AccountEvent event) {
        return switch (event) {
            case Opened opened -> new Account(opened.owner(), 0);
            case Deposited deposited -> before.with(before.balance + deposited.amount());
            case Withdrawn withdrawn -> before.with(before.balance - withdrawn.amount());
        };
    }

    private Account with(long newBalance) {
        return new Account(owner, newBalance);
    }
}
