package emporium.benchmarks;

/** What one message has cost in the {@link Workshop}; CPU in microseconds. */
record WorkshopResult(double jvmMicros, double postgresMicros, double meanBatch) {

    double cpuMicros() {
        return jvmMicros + postgresMicros;
    }
}
