package emporium.eventsourcing;

/** What can happen to an account. */
sealed interface AccountEvent {

    record Opened(String owner) implements AccountEvent {}

    record Deposited(long amount) implements AccountEvent {}

    record Withdrawn(long amount) implements AccountEvent {}
}
