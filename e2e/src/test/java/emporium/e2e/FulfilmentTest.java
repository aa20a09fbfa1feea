package emporium.e2e;

import emporium.mall.stories.FulfilmentStories;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedMall.class)
class FulfilmentTest extends FulfilmentStories {}
