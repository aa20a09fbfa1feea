package emporium.rest;

import emporium.messaging.Endpoint;
import emporium.messaging.OwnedBy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

@Singleton
class ThingsEndpoint {

    @Produces
    @Singleton
    @OwnedBy("things")
    Endpoint endpoint() {
        return Endpoint.named("things").migrations("db/rest").build();
    }
}
