package emporium.benchmarks;

/** What the person sees while it runs: at a terminal one line that changes in place, else nothing. */
final class Progress {

    private static final String CLEAR_LINE = "\r\033[K";

    private final boolean terminal;
    private boolean shown;

    Progress(boolean terminal) {
        this.terminal = terminal;
    }

    synchronized void show(String text) {
        if (terminal) {
            System.out.print(CLEAR_LINE + text);
            System.out.flush();
            shown = true;
        }
    }

    /** Prints a sentence that stays, above the line that changes. */
    synchronized void say(String sentence) {
        System.out.println((shown ? CLEAR_LINE : "") + sentence);
        shown = false;
    }
}
