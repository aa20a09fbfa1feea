package emporium.e2e;

import java.util.List;
import java.util.Map;

/** As {@link SharedMall}, with a process or, where they are wanted, a container for each service. */
class SharedServices extends SharedMall {

    SharedServices() {
        this(Map.of());
    }

    /** With these variables in the environment of all its processes. */
    SharedServices(Map<String, String> environment) {
        super(List.of("--services"), environment);
    }

    @Override
    Mall start() {
        return ComposedMall.WANTED ? ComposedMall.start() : super.start();
    }
}
