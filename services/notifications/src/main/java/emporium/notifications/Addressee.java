package emporium.notifications;

/** Whom to write to. */
record Addressee(String name, String email) {}
