package emporium.contracts;

/** A request to one service to do something, answered by exactly one {@link Reply}. Named in the imperative. */
public interface Command {}
