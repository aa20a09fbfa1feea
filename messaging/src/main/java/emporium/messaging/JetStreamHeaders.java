package emporium.messaging;

import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.util.HashMap;
import java.util.Map;

/** Headers of messages from and to the client library. */
final class JetStreamHeaders {

    private JetStreamHeaders() {}

    static Headers write(Map<String, String> headers) {
        var written = new Headers();
        headers.forEach((name, value) -> written.put(name, value));
        return written;
    }

    static Map<String, String> read(Message message) {
        var headers = new HashMap<String, String>();
        if (message.hasHeaders()) {
            message.getHeaders().forEach((name, values) -> headers.put(name, values.getLast()));
        }
        return headers;
    }
}
