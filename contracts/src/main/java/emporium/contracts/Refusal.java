package emporium.contracts;

/** A business <em>no</em>: nothing was changed, and asking again will not help. Named after the reason. */
public interface Refusal extends Reply {

    /** One sentence that the customer understands. */
    String reason();
}
