package emporium.benchmarks;

/** Messages a second, through the outbox and by the client library alone. */
record RelayResult(double relayed, double raw) {}
