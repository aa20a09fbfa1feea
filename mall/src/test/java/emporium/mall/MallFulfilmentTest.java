package emporium.mall;

import emporium.mall.stories.FulfilmentStories;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MallFulfilmentTest extends FulfilmentStories {}
