package emporium.saga;

import emporium.saga.Trip.Busy;
import emporium.saga.Trip.SeatReserved;
import java.time.Duration;

/** Trips whose steps wait in different ways. */
final class Patience {

    static final Duration SOON = Duration.ofSeconds(30);

    /** The seat is asked for three times, the room once, the charge waits for a person, the tickets have no limit. */
    static final Saga<Trip> TRIP = Saga.named("patient-trip", Trip.class)
            .onRefusal(Trip::withReason)
            .onCancel(Trip::withCancel)
            .deadline(Duration.ofHours(1))
            .step("trip", s -> s.compensate(Trip::giveUp))
            .step("seat", s -> s.send(Trip::reserveSeat)
                    .onReply(SeatReserved.class, Trip::withSeat)
                    .compensate(Trip::freeSeat)
                    .deadline(SOON)
                    .retry(Retry.times(3))
                    .retryOn(Busy.class, Retry.times(2).from(Duration.ofSeconds(5)))
                    .retryCompensation(Retry.times(2)))
            .step(
                    "room",
                    s -> s.send(Trip::reserveRoom).compensate(Trip::freeRoom).deadline(SOON, Lateness.COMPENSATE))
            .step(
                    "charge",
                    s -> s.send(Trip::charge).compensate(Trip::refund).pivot().deadline(SOON, Lateness.ATTENTION))
            .step("tickets", s -> s.send(Trip::printTickets).deadline(SOON).retry(Retry.times(2)));

    /** A trip that asks again after a moment. */
    static final Saga<Trip> NONE = Saga.named("hasty-trip", Trip.class)
            .step("seat", s -> s.send(Trip::reserveSeat).deadline(Duration.ofMillis(500)));

    private Patience() {}
}
