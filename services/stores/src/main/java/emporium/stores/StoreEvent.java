package emporium.stores;

/** What can happen to a store. */
sealed interface StoreEvent {

    record Opened(String name, String location) implements StoreEvent {}

    record Renamed(String name) implements StoreEvent {}

    record ParticipationStarted() implements StoreEvent {}

    record ParticipationEnded() implements StoreEvent {}
}
