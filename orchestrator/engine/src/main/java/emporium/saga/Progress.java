package emporium.saga;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far one saga has come: all that the engine has to know to go on. Steps are known by name.
 *
 * @param id the saga; a UUIDv7
 * @param step where it stands, for people to see; null when it has ended
 * @param begun the steps that were or may have been done and not undone since, in their order
 * @param outstanding the commands whose replies are awaited
 */
public record Progress<D>(
        UUID id, SagaStatus status, String step, List<String> begun, List<Awaited> outstanding, D draft) {

    Optional<Awaited> awaited(UUID command) {
        return outstanding.stream()
                .filter(awaited -> awaited.command().equals(command))
                .findFirst();
    }

    /**
     * A command that is out.
     *
     * @param command its message id: made of saga, step, kind and attempt
     * @param attempt counts from 1
     */
    public record Awaited(UUID command, String step, Kind kind, int attempt) {}

    /** Which of a step's commands. */
    public enum Kind {
        ACTION,
        COMPENSATION
    }
}
