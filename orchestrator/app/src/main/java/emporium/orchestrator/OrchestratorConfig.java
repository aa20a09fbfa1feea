package emporium.orchestrator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How the mall's sagas are looked after. */
@ConfigMapping(prefix = "emporium.orchestrator")
interface OrchestratorConfig {

    /** Other deadlines than the definitions name, by saga and step: {@code deadlines.create-order.payment=45s}. */
    Map<String, Map<String, Duration>> deadlines();

    /**
     * How often sagas are looked at although nothing is known to be due: so late a deadline is noticed that a replica has
     * set which is dead by now. All others are noticed within a quarter of a second.
     */
    @WithDefault("5s")
    Duration wakeInterval();

    /** How long finished sagas and their histories are kept. */
    @WithDefault("90d")
    Duration retention();
}
