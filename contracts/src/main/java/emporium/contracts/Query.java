package emporium.contracts;

/** A question to the owner of some state, asked on a miss of the own copy. Changes nothing. */
public interface Query {}
