package emporium.infra.deployment;

import emporium.infra.Addresses;
import emporium.infra.Infra;
import io.quarkus.deployment.builditem.Startable;

/** The servers as Quarkus sees them. They end with the JVM, so that profiles and live reloads share them. */
class Servers implements Startable {

    private Addresses addresses;

    @Override
    public void start() {
        addresses = Infra.start();
    }

    Addresses addresses() {
        return addresses;
    }

    @Override
    public String getConnectionInfo() {
        return addresses.jdbcUrl() + " " + addresses.nats();
    }

    @Override
    public String getContainerId() {
        return null;
    }

    @Override
    public void close() {}
}
