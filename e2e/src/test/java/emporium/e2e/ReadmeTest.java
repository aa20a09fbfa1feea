package emporium.e2e;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedMall.class)
class ReadmeTest extends ReadmeStories {}
