package emporium.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What a resource answers when all went well: kept with the idempotency key, and given again for the same key. */
public record Answer(int status, String location, Object body) {

    /** 201 with {@code Location}: it is there. */
    public static Answer created(String location, Object body) {
        return new Answer(201, location, body);
    }

    /** 202 with {@code Location}: it goes on in the background. */
    public static Answer accepted(String location, Object body) {
        return new Answer(202, location, body);
    }

    /** 200. */
    public static Answer ok(Object body) {
        return new Answer(200, null, body);
    }

    /** The response with this JSON as its body: the text that was stored, or is about to be. */
    Response response(String json) {
        var response =
                Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(json);
        if (location != null) {
            // As a header, not as location(URI): that would turn it into an absolute address of this process.
            response.header(HttpHeaders.LOCATION, location);
        }
        return response.build();
    }
}
