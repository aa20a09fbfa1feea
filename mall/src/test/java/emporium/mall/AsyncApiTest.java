package emporium.mall;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import emporium.messaging.Endpoint;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** docs/asyncapi.yaml says what runs. With {@code -Dasyncapi=write} it is written anew. */
@QuarkusTest
class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("../docs/asyncapi.yaml");
    private static final Path GOLDEN = Path.of("../contracts/src/test/resources/golden");

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @Inject
    @Any
    Instance<Endpoint> endpoints;

    @Test
    void the_document_says_what_the_running_endpoints_send_and_take() throws IOException {
        var present = YAML.writeValueAsString(new AsyncApi(all(), AsyncApiTest::example).document());
        if ("write".equals(System.getProperty("asyncapi"))) {
            Files.writeString(DOCUMENT, present);
        }
        assertEquals(
                present, Files.readString(DOCUMENT), "write it anew: ./emporium test -pl mall -am -Dasyncapi=write");
    }

    @Test
    void every_contract_is_in_it() throws IOException {
        var messages = YAML.readTree(DOCUMENT.toFile()).at("/components/messages");
        var described = Set.copyOf(
                messages.properties().stream().map(field -> field.getKey()).toList());
        try (var files = Files.list(GOLDEN)) {
            var released = files.map(
                            file -> file.getFileName().toString().replaceFirst("(\\.v\\d+)[.\\d]*\\.json$", "$1"))
                    .collect(toSet());
            assertEquals(released, described);
        }
    }

    @Test
    void what_somebody_takes_somebody_sends() throws IOException {
        var operations = YAML.readTree(DOCUMENT.toFile()).get("operations");
        assertEquals(Set.of(), minus(references(operations, "receive"), references(operations, "send")));
    }

    private static Set<String> references(JsonNode operations, String action) {
        return operations
                .valueStream()
                .filter(operation -> operation.get("action").asText().equals(action))
                .flatMap(operation -> operation.get("messages").valueStream())
                .map(message -> message.get("$ref").asText())
                // Replies are said where the command is taken.
                .filter(message -> !message.startsWith("#/channels/replies."))
                .collect(toSet());
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        return all.stream().filter(one -> !some.contains(one)).collect(toSet());
    }

    private List<Endpoint> all() {
        return endpoints.stream().toList();
    }

    private static Object example(String wire) {
        try {
            return new ObjectMapper().readValue(GOLDEN.resolve(wire + ".json").toFile(), Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
