package emporium.benchmarks;

/** What is the same on every machine, about. */
record Counts(double commits, double statements, double messages, double walBytes) {

    Counts minus(Counts other) {
        return plus(other.times(-1));
    }

    Counts plus(Counts other) {
        return new Counts(
                commits + other.commits,
                statements + other.statements,
                messages + other.messages,
                walBytes + other.walBytes);
    }

    Counts times(double factor) {
        return new Counts(commits * factor, statements * factor, messages * factor, walBytes * factor);
    }
}
