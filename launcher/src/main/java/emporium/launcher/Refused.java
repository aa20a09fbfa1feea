package emporium.launcher;

import java.io.IOException;

/** The mall has answered, and the answer is no. */
final class Refused extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(String method, String path, int status, String reason) {
        super("%s %s was answered with %d (%s)".formatted(method, path, status, reason));
        this.status = status;
    }

    boolean isNotFound() {
        return status == 404;
    }

    /** It is in another state than was thought. */
    boolean isConflict() {
        return status == 409;
    }
}
