package emporium.messaging;

import emporium.messaging.Transport.ConsumerSpec;
import emporium.messaging.Transport.StreamState;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.CompressionOption;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Keeps streams and consumers what they should be. Uses what every server from 2.9.10 has; what only newer ones have
 * is asked for by the server's version and believed only when the configuration that comes back says so.
 */
final class JetStreamTopology {

    private static final Logger LOG = Logger.getLogger(JetStreamTopology.class);
    private static final int STREAM_NOT_FOUND = 10059;
    private static final List<String> STREAMS =
            List.of(Subjects.COMMANDS, Subjects.REPLIES, Subjects.EVENTS, Subjects.DEAD_LETTERS);

    private final NatsConfig config;

    JetStreamTopology(NatsConfig config) {
        this.config = config;
    }

    List<StreamState> prepareStreams(Connection connection) throws IOException, JetStreamApiException {
        var management = connection.jetStreamManagement();
        var states = new ArrayList<StreamState>();
        for (var stream : STREAMS) {
            states.add(state(prepare(connection, management, stream)));
        }
        return states;
    }

    void prepareConsumer(Connection connection, ConsumerSpec spec) throws IOException, JetStreamApiException {
        connection
                .jetStreamManagement()
                .addOrUpdateConsumer(
                        spec.stream(),
                        ConsumerConfiguration.builder()
                                .durable(spec.durable())
                                .filterSubject(spec.filter())
                                .deliverPolicy(DeliverPolicy.All)
                                .ackPolicy(AckPolicy.Explicit)
                                .ackWait(spec.ackWait())
                                .maxDeliver(-1) // attempts are counted by the receiver, which parks
                                .maxAckPending(spec.maxAckPending())
                                .build());
    }

    private StreamInfo prepare(Connection connection, JetStreamManagement management, String stream)
            throws IOException, JetStreamApiException {
        var wanted = wanted(connection, stream);
        var present = find(management, stream);
        if (present == null) {
            return believe(management.addStream(wanted), wanted);
        }
        if (fits(present.getConfiguration(), wanted)) {
            return present;
        }
        LOG.infof("stream %s is not as configured and is changed", stream);
        return believe(management.updateStream(wanted), wanted);
    }

    private StreamConfiguration wanted(Connection connection, String stream) {
        var configuration = StreamConfiguration.builder()
                .name(stream)
                .subjects(Subjects.all(stream))
                .storageType(StorageType.File)
                .retentionPolicy(RetentionPolicy.Limits)
                .maxAge(config.maxAge())
                .maxBytes(config.maxBytes())
                .replicas(config.replicas())
                .duplicateWindow(shorter(config.duplicateWindow(), config.maxAge()));
        if (connection.getServerInfo().isSameOrNewerThanVersion("2.10.0")) {
            configuration.compressionOption(CompressionOption.S2);
        }
        return configuration.build();
    }

    private static boolean fits(StreamConfiguration present, StreamConfiguration wanted) {
        return present.getSubjects().equals(wanted.getSubjects())
                && present.getMaxAge().equals(wanted.getMaxAge())
                && present.getMaxBytes() == wanted.getMaxBytes()
                && present.getReplicas() == wanted.getReplicas()
                && present.getDuplicateWindow().equals(wanted.getDuplicateWindow());
    }

    private static StreamInfo believe(StreamInfo info, StreamConfiguration wanted) {
        var present = info.getConfiguration();
        if (!fits(present, wanted)) {
            LOG.warnf(
                    "the server keeps stream %s otherwise than asked: age %s, bytes %d, copies %d, duplicate window %s",
                    wanted.getName(),
                    present.getMaxAge(),
                    present.getMaxBytes(),
                    present.getReplicas(),
                    present.getDuplicateWindow());
        }
        if (present.getCompressionOption() != wanted.getCompressionOption()) {
            LOG.infof("the server does not compress stream %s", wanted.getName());
        }
        return info;
    }

    private static StreamInfo find(JetStreamManagement management, String stream)
            throws IOException, JetStreamApiException {
        try {
            return management.getStreamInfo(stream);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() == STREAM_NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    // Milliseconds, because the database keeps fewer digits than the broker tells.
    private static StreamState state(StreamInfo info) {
        return new StreamState(
                info.getConfiguration().getName(),
                info.getCreateTime().toInstant().truncatedTo(ChronoUnit.MILLIS),
                info.getStreamState().getLastSequence());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
