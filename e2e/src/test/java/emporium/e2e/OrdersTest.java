package emporium.e2e;

import emporium.mall.stories.OrderStories;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedMall.class)
class OrdersTest extends OrderStories {}
