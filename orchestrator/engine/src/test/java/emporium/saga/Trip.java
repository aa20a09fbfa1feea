package emporium.saga;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The tests' own small saga: a trip is a seat, a room, and one charge for both. */
record Trip(UUID id, String seat, String room, String reason) {

    static final Saga<Trip> DEFINITION = Saga.named("book-trip", Trip.class)
            .onRefusal(Trip::withReason)
            .step("trip", s -> s.compensate(Trip::giveUp))
            .step("traveller", s -> s.send(Trip::checkTraveller))
            .step("seat", s -> s.send(Trip::reserveSeat)
                    .onReply(SeatReserved.class, Trip::withSeat)
                    .compensate(Trip::freeSeat))
            .step("room", s -> s.send(Trip::reserveRoom)
                    .onReply(RoomReserved.class, Trip::withRoom)
                    .compensate(Trip::freeRoom))
            .step("charge", s -> s.send(Trip::charge).compensate(Trip::refund).pivot())
            .step("tickets", s -> s.send(Trip::printTickets));

    /** All that can be reserved is reserved at once. */
    static final Saga<Trip> AT_ONCE = Saga.named("book-trip", Trip.class)
            .version(2)
            .onRefusal(Trip::withReason)
            .step("trip", s -> s.compensate(Trip::giveUp))
            .step("traveller", s -> s.send(Trip::checkTraveller))
            .alongside("seat", s -> s.send(Trip::reserveSeat)
                    .onReply(SeatReserved.class, Trip::withSeat)
                    .compensate(Trip::freeSeat))
            .alongside("room", s -> s.send(Trip::reserveRoom)
                    .onReply(RoomReserved.class, Trip::withRoom)
                    .compensate(Trip::freeRoom))
            .step("charge", s -> s.send(Trip::charge).compensate(Trip::refund).pivot())
            .step("tickets", s -> s.send(Trip::printTickets));

    static final Map<String, Class<?>> WIRE = Map.ofEntries(
            Map.entry("trips.GiveUp.v1", GiveUp.class),
            Map.entry("trips.CheckTraveller.v1", CheckTraveller.class),
            Map.entry("trips.ReserveSeat.v1", ReserveSeat.class),
            Map.entry("trips.FreeSeat.v1", FreeSeat.class),
            Map.entry("trips.ReserveRoom.v1", ReserveRoom.class),
            Map.entry("trips.FreeRoom.v1", FreeRoom.class),
            Map.entry("trips.Charge.v1", Charge.class),
            Map.entry("trips.Refund.v1", Refund.class),
            Map.entry("trips.PrintTickets.v1", PrintTickets.class),
            Map.entry("trips.Done.v1", Done.class),
            Map.entry("trips.SeatReserved.v1", SeatReserved.class),
            Map.entry("trips.RoomReserved.v1", RoomReserved.class),
            Map.entry("trips.Busy.v1", Busy.class),
            Map.entry("trips.No.v1", No.class));

    record GiveUp(UUID trip, String reason) {}

    record CheckTraveller(UUID trip) {}

    record ReserveSeat(UUID trip) {}

    record FreeSeat(UUID trip) {}

    record ReserveRoom(UUID trip, String seat) {}

    record FreeRoom(UUID trip) {}

    record Charge(UUID trip) {}

    record Refund(UUID trip) {}

    record PrintTickets(UUID trip, String seat, String room) {}

    record Done(UUID trip) {}

    record SeatReserved(String seat) {}

    record RoomReserved(String room) {}

    record No(String reason) {}

    /** A technical failure: nobody knows whether it was done. */
    record Busy() {}

    static Trip of(UUID id) {
        return new Trip(id, null, null, null);
    }

    static Optional<String> refusal(Object reply) {
        return reply instanceof No no ? Optional.of(no.reason()) : Optional.empty();
    }

    /** What a participant answers who has nothing against it. */
    static Object yes(Object command) {
        return switch (command) {
            case ReserveSeat _ -> new SeatReserved("12A");
            case ReserveRoom _ -> new RoomReserved("404");
            default -> new Done(null);
        };
    }

    Trip withSeat(SeatReserved reply) {
        return new Trip(id, reply.seat(), room, reason);
    }

    Trip withRoom(RoomReserved reply) {
        return new Trip(id, seat, reply.room(), reason);
    }

    Trip withReason(String reason) {
        return new Trip(id, seat, room, reason);
    }

    Trip withCancel(String reason) {
        return withReason("cancelled: " + reason);
    }

    GiveUp giveUp() {
        return new GiveUp(id, reason);
    }

    CheckTraveller checkTraveller() {
        return new CheckTraveller(id);
    }

    ReserveSeat reserveSeat() {
        return new ReserveSeat(id);
    }

    FreeSeat freeSeat() {
        return new FreeSeat(id);
    }

    ReserveRoom reserveRoom() {
        return new ReserveRoom(id, seat);
    }

    FreeRoom freeRoom() {
        return new FreeRoom(id);
    }

    Charge charge() {
        return new Charge(id);
    }

    Refund refund() {
        return new Refund(id);
    }

    PrintTickets printTickets() {
        return new PrintTickets(id, seat, room);
    }
}
