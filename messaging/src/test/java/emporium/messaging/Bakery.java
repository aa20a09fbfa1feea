package emporium.messaging;

import emporium.messaging.BakeryMessages.Bake;
import emporium.messaging.BakeryMessages.Baked;
import emporium.messaging.BakeryMessages.BakeryCommand;
import emporium.messaging.BakeryMessages.HowManyLoaves;
import emporium.messaging.BakeryMessages.Loaves;
import emporium.messaging.BakeryMessages.OvenCooled;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Two endpoints in one process: {@code bakery} handles commands on a table of its own, {@code shop} sends them. */
@Singleton
class Bakery {

    final List<Received<Baked>> replies = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());
    final List<OvenCooled> cooled = Collections.synchronizedList(new ArrayList<>());
    /** What a bake of some mood does before it counts its loaves. */
    final ConcurrentHashMap<String, Consumer<Bake>> moods = new ConcurrentHashMap<>();

    private final DataSource database;

    Bakery(DataSource database) {
        this.database = database;
    }

    @Produces
    @Singleton
    @OwnedBy("bakery")
    Endpoint bakery() {
        return Endpoint.named("bakery")
                .wire(BakeryMessages.TYPES)
                .migrations("db/bakery")
                .commands(BakeryCommand.class, batch -> batchSizes.add(batch.size()), this::handle)
                .queries(HowManyLoaves.class, query -> new Loaves(loaves("%")))
                .build();
    }

    @Produces
    @Singleton
    @OwnedBy("shop")
    Endpoint shop() {
        return Endpoint.named("shop")
                .wire(BakeryMessages.TYPES)
                .replyBatches(Baked.class, replies::addAll)
                .interest("bakery", OvenCooled.class, oven -> oven.degrees() < 1_000)
                .events("bakery", OvenCooled.class, cooled::add)
                .build();
    }

    /** Loaves in the bakery's table, of moods like the pattern. */
    int loaves(String mood) {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(
                        "select coalesce(sum(loaves), 0) from bakery.loaf where mood like ?")) {
            statement.setString(1, mood);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often the shop's inbox has the message. */
    int inboxRows(UUID message) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("select count(*) from shop.inbox where message_id = ?")) {
            statement.setObject(1, message);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    List<Received<Baked>> repliesTo(UUID command) {
        synchronized (replies) {
            return replies.stream()
                    .filter(reply -> command.equals(reply.envelope().causationId()))
                    .toList();
        }
    }

    private Baked handle(BakeryCommand command) {
        var bake = (Bake) command;
        moods.getOrDefault(bake.mood(), any -> {}).accept(bake);
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("insert into bakery.loaf (mood, loaves) values (?, ?)")) {
            statement.setString(1, bake.mood());
            statement.setInt(2, bake.loaves());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new Baked(bake.loaves());
    }
}
