package emporium.faults;

import java.util.List;
import java.util.stream.Stream;

/** All there are, in the order of the run. */
final class Faults {

    /** Nothing breaks: what the others are to be compared with. */
    private static final Fault CALM = Fault.of("calm", arena -> {});

    private Faults() {}

    static List<Fault> all() {
        return Stream.of(
                        List.of(CALM),
                        Kills.all(),
                        BrokerFaults.all(),
                        DatabaseFaults.all(),
                        DeliveryFaults.all(),
                        PoisonFaults.all(),
                        TimeFaults.all(),
                        ReplicaFaults.all())
                .flatMap(List::stream)
                .toList();
    }
}
