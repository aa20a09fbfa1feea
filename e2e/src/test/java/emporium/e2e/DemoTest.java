package emporium.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedMall.class)
class DemoTest extends DemoStories {

    @Test
    void where_no_mall_runs_the_demo_says_how_to_start_one(RunningMall mall) throws Exception {
        mall.stop();
        var demo = Demo.run("--data", mall.data().toString());
        assertEquals(1, demo.exitCode());
        assertEquals(1, demo.output().lines().count(), demo.output());
        assertTrue(demo.output().contains("./emporium up"), demo.output());
        mall.up();
    }
}
