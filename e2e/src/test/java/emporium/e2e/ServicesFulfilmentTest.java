package emporium.e2e;

import emporium.mall.stories.FulfilmentStories;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same stories with a process for each service. */
@ExtendWith(SharedServices.class)
class ServicesFulfilmentTest extends FulfilmentStories {}
