package emporium.messaging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MessagingConfigTest {

    @Test
    void a_message_is_not_given_up_before_one_that_it_follows_can_come_again_out_of_a_dead_processs_hands() {
        var config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(MessagingConfig.class)
                .build()
                .getConfigMapping(MessagingConfig.class);
        var tried = Duration.ZERO;
        for (var attempt = 1; attempt < config.maxAttempts(); attempt++) {
            tried = tried.plus(Failures.backoff(attempt, config.retryBackoff(), config.maxRetryBackoff()));
        }
        var needed = config.ackWait().multipliedBy(2);
        assertTrue(tried.compareTo(needed) > 0, "given up after " + tried + ", but what it follows may take " + needed);
    }
}
