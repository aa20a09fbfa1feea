package emporium.launcher;

import emporium.infra.Addresses;
import emporium.infra.GivenPostgres;
import emporium.infra.PostgresServer;

/** A database for each service and a user for each, who has rights on it and on no other. */
final class ServiceDatabases {

    private final GivenPostgres server;
    private final String prefix;
    private final DataFolder folder;

    private ServiceDatabases(GivenPostgres server, String prefix, DataFolder folder) {
        this.server = server;
        this.prefix = prefix;
        this.folder = folder;
    }

    /** On the server of this folder, where everybody else's databases are closed to the services' users too. */
    static ServiceDatabases on(PostgresServer server, DataFolder folder) {
        server.superuser()
                .execute("revoke connect on database postgres, template1, " + PostgresServer.APP + " from public");
        return new ServiceDatabases(server.superuser(), PostgresServer.APP, folder);
    }

    /** On a server that holds other things too: the names begin with that of the given database. */
    static ServiceDatabases on(GivenPostgres server, DataFolder folder) {
        return new ServiceDatabases(server, server.database(), folder);
    }

    Addresses of(String service, String nats) {
        return server.ownDatabase(prefix + "_" + service, folder.password(service))
                .addresses(nats);
    }
}
