package emporium.messaging;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The endpoints of this process. Outboxes exist from the first injection on, before their endpoints are made. */
@Singleton
final class Endpoints {

    private final Setting setting;
    private final Transport transport;
    private final Map<String, EndpointTables> tables = new ConcurrentHashMap<>();
    private final List<RunningEndpoint> running = new CopyOnWriteArrayList<>();

    Endpoints(Setting setting, Transport transport) {
        this.setting = setting;
        this.transport = transport;
    }

    EndpointTables tables(String endpoint) {
        return tables.computeIfAbsent(endpoint, this::make);
    }

    /** Adds an endpoint, whose outbox, queries and replays know its wire names from now on. */
    RunningEndpoint add(Endpoint endpoint) {
        var own = tables(endpoint.name());
        own.outbox().speak(endpoint.wire());
        own.queries().speak(endpoint.wire());
        own.replays().speak(endpoint.wire());
        var added = new RunningEndpoint(endpoint, setting, own);
        running.add(added);
        return added;
    }

    List<RunningEndpoint> running() {
        return running;
    }

    private EndpointTables make(String endpoint) {
        var sent = new OutboxTable(setting.database(), endpoint);
        var memory = new BrokerMemory(setting.database(), endpoint, sent);
        var relay = new OutboxRelay(setting, sent, memory, transport);
        var outbox = new Outbox(endpoint, setting, sent, relay);
        return new EndpointTables(
                new Inbox(setting.database(), endpoint),
                outbox,
                sent,
                relay,
                memory,
                new Parking(endpoint, setting, outbox),
                new Queries(endpoint, setting, transport),
                new Replays(endpoint, setting, transport));
    }
}
