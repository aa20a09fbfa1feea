package emporium.launcher;

import emporium.infra.Addresses;
import emporium.launcher.Application.Program;
import emporium.launcher.Options.Build;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every service and the orchestrator in a process of its own, with a database of its own, behind one gateway. */
final class ServicesForm {

    static final List<String> SERVICES = List.of(
            "stores",
            "customers",
            "depot",
            "payments",
            "ordering",
            "orchestrator",
            "baskets",
            "notifications",
            "search");

    /**
     * Without the second compiler ten JVMs that start side by side need half of the processor's time and 350 MB less;
     * a service for a real load is started by hand, in a container or on a machine of its own.
     */
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    private static final List<String> SERVICE_MEMORY = List.of("-Xms16m", "-Xmx160m", FIRST_COMPILER);
    private static final List<String> GATEWAY_MEMORY = List.of("-Xms16m", "-Xmx64m", FIRST_COMPILER);

    private static final List<String> EXECUTABLE_MEMORY = List.of("-Xmx96m");

    private final Options options;
    private final Path home;
    private final DataFolder folder;

    ServicesForm(Options options, Path home, DataFolder folder) {
        this.options = options;
        this.home = home;
        this.folder = folder;
    }

    /** The services by name, each on a port of its own. */
    Map<String, Server> services(ServiceDatabases databases, String nats) {
        var services = new LinkedHashMap<String, Server>();
        SERVICES.forEach(name -> services.put(name, service(name, databases.of(name, nats))));
        return services;
    }

    private Application service(String name, Addresses addresses) {
        var environment = new HashMap<>(Application.environment(addresses, folder));
        // The server's connections are shared by all; a service that waits for one answers later, not wrongly.
        environment.put("QUARKUS_DATASOURCE_JDBC_MIN_SIZE", "1");
        environment.put("QUARKUS_DATASOURCE_JDBC_MAX_SIZE", "16");
        // Its one way in is the gateway.
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        return new Application(program(name, module(name), folder.port(name), SERVICE_MEMORY), environment, folder);
    }

    private Program program(String name, Path module, int port, List<String> memory) {
        var executable = options.build() == Build.EXECUTABLES;
        return new Program(name, module, port, executable, executable ? EXECUTABLE_MEMORY : memory);
    }

    private Path module(String service) {
        return home.resolve(service.equals("orchestrator") ? "orchestrator/app" : "services/" + service);
    }

    /** The gateway knows where the services are; it is ready when all of them are. */
    Server gateway() {
        var environment = new HashMap<String, String>();
        for (var service : SERVICES) {
            environment.put(
                    "EMPORIUM_GATEWAY_SERVICES_" + service.toUpperCase() + "_ADDRESSES",
                    "127.0.0.1:" + folder.lastPort(service).orElseThrow());
        }
        folder.usePort("gateway", options.port());
        return new Application(
                program("gateway", home.resolve("gateway"), options.port(), GATEWAY_MEMORY), environment, folder);
    }
}
