package emporium.rest;

import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** As {@link ThingResource}, on the threads of the worker pool. */
@Path("/test/plain-things")
@Blocking
class PlainThingResource {

    @GET
    @Path("/context")
    public ThingResource.Context context() {
        return ThingResource.Context.current();
    }
}
