package emporium.saga;

import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.util.Optional;

/** Reads from a step's function what it makes, without calling it. */
final class CommandTypes {

    private CommandTypes() {}

    /** The type of command, or the family it belongs to; empty where functions do not tell. */
    static Optional<Class<?>> of(CommandOf<?, ?> function, ClassLoader loader) {
        try {
            var writeReplace = function.getClass().getDeclaredMethod("writeReplace");
            writeReplace.setAccessible(true);
            return writeReplace.invoke(function) instanceof SerializedLambda lambda
                    ? Optional.of(MethodType.fromMethodDescriptorString(lambda.getInstantiatedMethodType(), loader)
                            .returnType())
                    : Optional.empty();
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }
}
