package emporium.launcher;

/** A server as the launcher sees it. */
interface Server {

    /** Starts it and returns at once. */
    Process start();

    /** Returns when it serves; throws a sentence when it ends before, or takes too long. */
    void awaitReady(Process process);

    /** Lets it finish what it has begun, and returns when it is gone. */
    void stop(ProcessHandle process);
}
