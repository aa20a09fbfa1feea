package emporium.messaging;

import java.util.HashMap;
import java.util.Map;

/** The message types an endpoint knows, by the names under which they travel: {@code owner.Name.vN}. */
final class WireNames {

    private final Map<String, Class<?>> types;
    private final Map<Class<?>, String> names = new HashMap<>();

    WireNames(Map<String, Class<?>> types) {
        this.types = Map.copyOf(types);
        types.forEach((name, type) -> names.put(type, name));
    }

    Map<String, Class<?>> types() {
        return types;
    }

    /** The name of this message's type; an unknown type is a mistake of the programmer, told by name. */
    String nameOf(Object message) {
        var name = names.get(message.getClass());
        if (name == null) {
            throw new IllegalArgumentException(message.getClass().getName() + " has no wire name in this endpoint");
        }
        return name;
    }

    Class<?> typeOf(String name) {
        var type = types.get(name);
        if (type == null) {
            throw new UndecodableMessage("the type " + name + " is not known here");
        }
        return type;
    }

    /** The service that a wire name belongs to: its first token. */
    static String owner(String name) {
        var dot = name.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("'" + name + "' is not a wire name: owner.Name.vN");
        }
        return name.substring(0, dot);
    }
}
