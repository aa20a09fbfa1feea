package emporium.infra;

import java.util.List;
import java.util.Map;

/** The Docker engine of this machine. */
final class Docker {

    static final String NATS_IMAGE = "nats:2.12-alpine";
    static final String POSTGRES_IMAGE = "postgres:18-alpine";

    private Docker() {}

    static boolean answers() {
        if (LocalProcess.find("docker").isEmpty()) {
            return false;
        }
        try {
            LocalProcess.run(List.of("docker", "version", "--format", "{{.Server.Version}}"), Map.of());
            return true;
        } catch (InfraException noEngine) {
            return false;
        }
    }
}
