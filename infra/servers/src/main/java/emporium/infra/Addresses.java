package emporium.infra;

/** What a client needs to reach the servers. */
public record Addresses(String jdbcUrl, String user, String password, String nats) {}
