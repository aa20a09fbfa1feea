package emporium.e2e;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServices.class)
class ServicesReadmeTest extends ReadmeStories {}
