package emporium.rest;

import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** An endpoint that can be made to fail at the commands it sends to itself. */
@Singleton
class ThingsEndpoint {

    final Set<UUID> broken = ConcurrentHashMap.newKeySet();
    final Set<UUID> handled = ConcurrentHashMap.newKeySet();

    record Use(UUID thing) {}

    record Used(UUID thing) {}

    @Produces
    @Singleton
    @OwnedBy("things")
    Endpoint endpoint() {
        return Endpoint.named("things")
                .wire(Map.of("things.Use.v1", Use.class, "things.Used.v1", Used.class))
                .migrations("db/rest")
                .commands(Use.class, this::use)
                .build();
    }

    private Used use(Use command) {
        if (broken.contains(command.thing())) {
            throw new IllegalStateException("The thing " + command.thing() + " is broken.");
        }
        handled.add(command.thing());
        return new Used(command.thing());
    }
}
