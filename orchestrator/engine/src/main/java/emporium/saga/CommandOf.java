package emporium.saga;

import java.io.Serializable;

/**
 * Makes a command of the draft; pure, because the engine calls it again when a transaction is repeated. It is
 * serializable for one reason: a serializable lambda tells what type it returns, so that a definition can be checked
 * before its first saga.
 */
@FunctionalInterface
public interface CommandOf<D, C> extends Serializable {

    C make(D draft);
}
