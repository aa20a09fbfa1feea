package emporium.eventsourcing;

import emporium.eventsourcing.AccountEvent.Deposited;
import emporium.eventsourcing.AccountEvent.Opened;
import emporium.eventsourcing.AccountEvent.Withdrawn;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** A read model: every account's balance. */
record Balances(DataSource dataSource) implements Projection<AccountEvent> {

    @Override
    public String name() {
        return "balances";
    }

    @Override
    public List<AggregateType<?, ? extends AccountEvent>> sources() {
        return List.of(Account.TYPE);
    }

    @Override
    public void empty() {
        run("delete from bank.balance", statement -> {});
    }

    @Override
    public void apply(List<? extends RecordedEvent<? extends AccountEvent>> events) {
        events.forEach(event -> {
            switch (event.data()) {
                case Opened opened -> open(event.stream(), opened.owner());
                case Deposited deposited -> add(event.stream(), deposited.amount());
                case Withdrawn withdrawn -> add(event.stream(), -withdrawn.amount());
            }
        });
    }

    Map<UUID, Long> all() {
        var all = new TreeMap<UUID, Long>();
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement("select account_id, amount from bank.balance");
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                all.put(rows.getObject("account_id", UUID.class), rows.getLong("amount"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    private void open(UUID account, String owner) {
        run("insert into bank.balance (account_id, owner, amount) values (?, ?, 0)", statement -> {
            statement.setObject(1, account);
            statement.setString(2, owner);
        });
    }

    private void add(UUID account, long amount) {
        run("update bank.balance set amount = amount + ? where account_id = ?", statement -> {
            statement.setLong(1, amount);
            statement.setObject(2, account);
        });
    }

    private void run(String sql, Parameters parameters) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            parameters.set(statement);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }
}
