package emporium.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A service behind the gateway, with one or more replicas that are asked in turn. */
final class Service {

    /** Of an answer that the gateway itself asked for. */
    record Reply(int status, Buffer body) {}

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** At least, also where there is one address: behind that of a Kubernetes Service, another replica may take the next. */
    private static final int TRIES = 2;

    private final String name;
    private final List<String> paths;
    private final List<HostAndPort> replicas;
    private final HttpClient client;
    private final AtomicInteger turn = new AtomicInteger();

    Service(String name, GatewayConfig.ServiceConfig config, HttpClient client) {
        this.name = name;
        this.paths = config.paths();
        this.replicas = config.addresses().stream()
                .map(address -> HostAndPort.parseAuthority(address, 80))
                .toList();
        this.client = client;
    }

    String name() {
        return name;
    }

    List<String> paths() {
        return paths;
    }

    /** A connection to a replica that takes one; fails when none does. */
    Future<HttpClientRequest> connect() {
        var first = Math.floorMod(turn.getAndIncrement(), replicas.size());
        return connect(first, Math.max(TRIES, replicas.size()));
    }

    // Nothing has been sent to a replica that cannot be reached, so the next one may be asked instead.
    private Future<HttpClientRequest> connect(int index, int left) {
        var replica = replicas.get(index);
        var options = new RequestOptions().setHost(replica.host()).setPort(replica.port());
        var connected = client.request(options);
        return left == 1 ? connected : connected.recover(away -> connect((index + 1) % replicas.size(), left - 1));
    }

    /**
     * The service's answer to a request of the gateway itself; fails when it does not come soon. From any thread: all that
     * waits for the answer is in place before the event loop can receive it, or a body could have gone by unseen.
     */
    Future<Reply> get(String uri) {
        return connect().compose(request -> request.setMethod(HttpMethod.GET)
                .setURI(uri)
                .idleTimeout(PATIENCE.toMillis())
                .send()
                .compose(response -> response.body().map(body -> new Reply(response.statusCode(), body))));
    }
}
