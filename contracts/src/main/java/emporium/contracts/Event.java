package emporium.contracts;

/** Something that has happened in the service that publishes it. Named in the past tense. */
public interface Event {}
