package emporium.e2e;

import emporium.e2e.RunningMall.Form;

/** As {@link SharedMall}, with a process for each service. */
final class SharedServices extends SharedMall {

    SharedServices() {
        super(Form.SERVICES);
    }
}
