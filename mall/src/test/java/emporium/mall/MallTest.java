package emporium.mall;

import emporium.mall.stories.OrderStories;
import io.quarkus.test.junit.QuarkusTest;

/** All modules in one process, on real servers. */
@QuarkusTest
class MallTest extends OrderStories {}
