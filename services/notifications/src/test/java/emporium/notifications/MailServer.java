package emporium.notifications;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** A real SMTP server for the tests, which can be stopped and started again at its port. */
public class MailServer implements QuarkusTestResourceLifecycleManager {
    private GreenMail server;
    private RefusingServer refusing;

    @Override
    public Map<String, String> start() {
        server = new GreenMail(new ServerSetup(freePort(), "localhost", ServerSetup.PROTOCOL_SMTP));
        server.start();
        refusing = new RefusingServer();
        return Map.of(
                "EMPORIUM_SMTP_HOST",
                "localhost",
                "EMPORIUM_SMTP_PORT",
                String.valueOf(server.getSmtp().getPort()),
                "quarkus.mailer.refusing.host",
                "localhost",
                "quarkus.mailer.refusing.port",
                String.valueOf(refusing.port()),
                "quarkus.mailer.refusing.mock",
                "false",
                "quarkus.mailer.refusing.from",
                "orders@emporium.example",
                // The tests send by hand, so that they know what has happened when.
                "emporium.notifications.interval",
                "1h");
    }

    // A fixed one: chosen by the server itself it would be another one after its return.
    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(GreenMail.class));
    }

    @Override
    public void stop() {
        server.stop();
        refusing.close();
    }
}
