package emporium.faults;

/** What the person sees while it runs: at a terminal one line that changes in place, else nothing. */
final class Progress {

    private static final String CLEAR_LINE = "\r\033[K";

    private final boolean terminal;
    private String sentence = "";
    private boolean shown;

    Progress(boolean terminal) {
        this.terminal = terminal;
    }

    /** What goes on, until the next call; the counts come beside it. */
    synchronized void now(String sentence) {
        this.sentence = sentence;
    }

    synchronized void show(String counts) {
        if (terminal) {
            System.out.print(CLEAR_LINE + sentence + " · " + counts);
            System.out.flush();
            shown = true;
        }
    }

    /** Prints a line that stays, above the one that changes. */
    synchronized void say(String line) {
        System.out.println((shown ? CLEAR_LINE : "") + line);
        shown = false;
    }
}
