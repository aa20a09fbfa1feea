package emporium.contracts;

/** The answer to a {@link Command}. A success is named in the past tense; a business <em>no</em> is a {@link Refusal}. */
public interface Reply {}
