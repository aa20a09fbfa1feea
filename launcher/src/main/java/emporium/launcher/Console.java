package emporium.launcher;

/** What the person sees: sentences, and at a terminal one line below them that changes in place. */
final class Console {

    private static final String CLEAR_LINE = "\r\033[K";

    private final boolean terminal;
    private String line = "";
    private boolean lineEnded;

    Console(boolean terminal) {
        this.terminal = terminal;
    }

    boolean isTerminal() {
        return terminal;
    }

    synchronized void say(String sentence) {
        System.out.println((line.isEmpty() ? "" : CLEAR_LINE) + sentence);
        System.out.print(line);
        System.out.flush();
    }

    /** Replaces the live line; nothing where the output is no terminal. */
    synchronized void show(String text) {
        if (terminal && !lineEnded) {
            System.out.print(CLEAR_LINE + text);
            System.out.flush();
            line = text;
        }
    }

    /** Takes the live line away for good. */
    synchronized void endLine() {
        show("");
        lineEnded = true;
    }
}
