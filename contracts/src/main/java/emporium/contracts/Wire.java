package emporium.contracts;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which a message travels: {@code owner.Name.vN}. It is pinned by a golden file and outlives the
 * class: a field may be added when it is optional, anything else is a new version with a new name.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Wire {
    String value();
}
