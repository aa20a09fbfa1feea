package emporium.saga.testing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.saga.OperatorMove;
import emporium.saga.Saga;
import emporium.saga.SagaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A dialogue as JSON, to be kept with the definition that played it: what a released version asked must still be asked,
 * in the same words, by the present code. Write one with {@link #of} when a version is released, and play all of them
 * in a test.
 */
public record Recording(String definition, int version, JsonNode draft, List<Scene> story) {

    /** One turn of the dialogue: a field for each of what {@link Dialogue} offers, all but one or two null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Scene(
            Message asks,
            Message hears,
            Message late,
            Duration after,
            String cancelled,
            OperatorMove operator,
            String reason,
            SagaStatus ends) {}

    /** A message by its wire name. */
    public record Message(String type, JsonNode body) {}

    /** Records what was played. */
    public static <D> Recording of(Dialogue<D> dialogue, Saga<D> saga, Map<String, Class<?>> wire, ObjectMapper json) {
        var scenes = dialogue.scenes().stream()
                .map(played -> new Scene(
                        message(played.asks(), wire, json),
                        message(played.hears(), wire, json),
                        message(played.late(), wire, json),
                        played.after(),
                        played.cancelled(),
                        played.operator(),
                        played.reason(),
                        played.ends()))
                .toList();
        return new Recording(saga.name(), saga.version(), json.valueToTree(dialogue.beginning()), scenes);
    }

    /**
     * Plays it with this definition, which fails the test with {@link AssertionError} where it goes otherwise.
     *
     * @param refusals the reason, if a reply is a business <em>no</em>
     */
    public <D> void play(
            Saga<D> saga, Map<String, Class<?>> wire, Function<Object, Optional<String>> refusals, ObjectMapper json) {
        var dialogue = Dialogue.play(saga, read(draft, saga.draft(), json), refusals);
        for (var scene : story) {
            play(scene, dialogue, message -> read(message.body(), wire.get(message.type()), json));
        }
    }

    private static void play(Scene scene, Dialogue<?> dialogue, Function<Message, Object> read) {
        if (scene.late() != null) {
            dialogue.late(read.apply(scene.late()), read.apply(scene.hears()));
        } else if (scene.hears() != null) {
            dialogue.asks(read.apply(scene.asks()), read.apply(scene.hears()));
        } else if (scene.asks() != null) {
            dialogue.asks(read.apply(scene.asks()));
        } else if (scene.after() != null) {
            dialogue.after(scene.after());
        } else if (scene.cancelled() != null) {
            dialogue.cancelled(scene.cancelled());
        } else if (scene.operator() != null) {
            dialogue.operator(scene.operator(), scene.reason());
        } else {
            dialogue.ends(scene.ends());
        }
    }

    private static Message message(Object message, Map<String, Class<?>> wire, ObjectMapper json) {
        if (message == null) {
            return null;
        }
        var name = wire.entrySet().stream()
                .filter(entry -> entry.getValue() == message.getClass())
                .map(Map.Entry::getKey)
                .findFirst();
        return new Message(name.orElseThrow(), json.valueToTree(message));
    }

    private static <T> T read(JsonNode node, Class<T> type, ObjectMapper json) {
        try {
            return json.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError("what was recorded cannot be read any more as " + type.getName(), e);
        }
    }
}
