package emporium.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import emporium.benchmarks.WorkshopMessages.Stamp;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A service as small as can be on the real library. Its work is {@code batch}: lets commands pile up at the broker,
 * handles them, and writes down what one has cost, how many are handled together being configured; or {@code relay}.
 */
@QuarkusMain
class Workshop implements QuarkusApplication {

    private static final int WARM_UP = 10_000;
    private static final int MEASURED = 20_000;
    private static final int SENT_TOGETHER = 500;
    private static final long REST_NANOS = 15_000_000;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final WorkshopCommands commands;
    private final Outbox outbox;
    private final MessageIds ids;
    private final DataSource database;
    private final RelayRace race;
    private final String work;
    private final long postgres;
    private final Path result;

    Workshop(
            WorkshopCommands commands,
            @OwnedBy("sender") Outbox outbox,
            MessageIds ids,
            DataSource database,
            RelayRace race,
            @ConfigProperty(name = "workshop.work") String work,
            @ConfigProperty(name = "workshop.postgres-pid") long postgres,
            @ConfigProperty(name = "workshop.result") Path result) {
        this.commands = commands;
        this.outbox = outbox;
        this.ids = ids;
        this.database = database;
        this.race = race;
        this.work = work;
        this.postgres = postgres;
        this.result = result;
    }

    @Override
    public int run(String... arguments) throws Exception {
        Json.write(work.equals("relay") ? race.run() : handleAll(), result);
        return 0;
    }

    private WorkshopResult handleAll() throws Exception {
        var pieces = pieces();
        handle(WARM_UP, pieces);
        return handle(MEASURED, pieces);
    }

    private WorkshopResult handle(int messages, List<UUID> pieces) throws Exception {
        var stampedBefore = stamps();
        commands.close();
        send(messages, pieces);
        awaitRest();
        var until = commands.handled() + messages;
        var batches = commands.batches();
        var jvm = SYSTEM.getProcessCpuTime();
        var postgresMillis = Processes.millisOf(postgres);
        commands.open();
        awaitHandled(until, stampedBefore + messages);
        return new WorkshopResult(
                (SYSTEM.getProcessCpuTime() - jvm) / 1e3 / messages,
                (Processes.millisOf(postgres) - postgresMillis) * 1e3 / messages,
                (double) messages / (commands.batches() - batches));
    }

    private void send(int messages, List<UUID> pieces) {
        for (var sent = 0; sent < messages; sent += SENT_TOGETHER) {
            var first = sent;
            QuarkusTransaction.requiringNew().run(() -> {
                for (var i = first; i < first + SENT_TOGETHER; i++) {
                    var id = ids.next();
                    outbox.send(id, id, new Stamp(pieces.get(i % pieces.size())));
                }
            });
        }
    }

    /** Until all is published: nobody works any more. */
    private void awaitRest() throws InterruptedException {
        for (var before = 0L; SYSTEM.getProcessCpuTime() - before > REST_NANOS; ) {
            before = SYSTEM.getProcessCpuTime();
            Thread.sleep(300);
        }
    }

    /** Until the handler has seen all, and then until their transactions are committed; each has had its effect once. */
    private void awaitHandled(long handled, long stamps) throws Exception {
        while (commands.handled() < handled || stamps() < stamps) {
            Thread.sleep(20);
        }
        if (stamps() != stamps) {
            throw new NoResult("There should be %d stamps and are %d.".formatted(stamps, stamps()));
        }
    }

    private long stamps() throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.createStatement();
                var row = select.executeQuery("select sum(stamps) from workshop.piece")) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<UUID> pieces() throws SQLException {
        try (var connection = database.getConnection();
                var select = connection.createStatement();
                var rows = select.executeQuery("select id from workshop.piece")) {
            var pieces = new ArrayList<UUID>();
            while (rows.next()) {
                pieces.add(rows.getObject(1, UUID.class));
            }
            return pieces;
        }
    }
}
