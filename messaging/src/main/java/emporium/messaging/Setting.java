package emporium.messaging;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.InstantSource;
import javax.sql.DataSource;

/** What all parts of this library share in one process. */
record Setting(
        MessagingConfig config,
        DataSource database,
        TransactionSynchronizationRegistry transactions,
        MessageIds ids,
        InstantSource clock,
        Tracing tracing,
        MeterRegistry meters) {}
