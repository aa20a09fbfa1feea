package emporium.contracts;

/** The answer to a {@link Query}. */
public interface Answer {}
