package emporium.e2e;

import java.util.List;

/** As {@link SharedMall}, with a process for each service. */
final class SharedServices extends SharedMall {

    SharedServices() {
        super(List.of("--services"));
    }
}
