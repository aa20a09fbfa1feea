package emporium.mall;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import emporium.mall.stories.Shop;
import emporium.messaging.DeadLetter;
import emporium.messaging.Endpoint;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.MessageInfo;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/asyncapi.yaml says what runs. With {@code -Dasyncapi=write} it is written anew. */
@QuarkusTest
class AsyncApiTest {

    private static final Path DOCUMENT = Path.of("../docs/asyncapi.yaml");
    private static final Path GOLDEN = Path.of("../contracts/src/test/resources/golden");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    @Inject
    @Any
    Instance<Endpoint> endpoints;

    @ConfigProperty(name = "emporium.nats.servers")
    String broker;

    private final Shop shop = new Shop();
    private final Map<String, JsonSchema> schemas = new HashMap<>();
    private Map<String, Object> present;
    private JsonNode document;

    @BeforeEach
    void the_document_as_it_would_be_written_now() {
        present = new AsyncApi(endpoints.stream().toList(), AsyncApiTest::example).document();
        document = JSON.valueToTree(present);
    }

    @Test
    void the_document_says_what_the_running_endpoints_send_and_take() throws IOException {
        var written = YAML.writeValueAsString(present);
        if ("write".equals(System.getProperty("asyncapi"))) {
            Files.writeString(DOCUMENT, written);
        }
        assertEquals(
                written,
                Files.readString(DOCUMENT),
                "write it anew: ./emporium test -pl mall -am -Dtest=AsyncApiTest -Dasyncapi=write");
    }

    @Test
    void every_contract_is_in_it() throws IOException {
        var described = new TreeSet<String>();
        document.at("/components/messages").fieldNames().forEachRemaining(described::add);
        try (var files = Files.list(GOLDEN)) {
            var released = files.map(
                            file -> file.getFileName().toString().replaceFirst("(\\.v\\d+)[.\\d]*\\.json$", "$1"))
                    .collect(toSet());
            released.add(DeadLetter.WIRE_NAME);
            assertEquals(new TreeSet<>(released), described);
        }
    }

    @Test
    void what_somebody_takes_somebody_sends() {
        var operations = document.get("operations");
        var sent = references(operations, "send");
        // Replies are said where the command is taken.
        var taken = references(operations, "receive").stream()
                .filter(message -> !message.startsWith("#/channels/replies."))
                .filter(message -> !sent.contains(message));
        assertEquals(Set.of(), taken.collect(toSet()));
    }

    @Test
    void what_travels_is_as_it_says() throws Exception {
        var ann = shop.customer();
        var lamp = shop.product(shop.store("Lights & Co"), "Lamp", 1999);
        shop.onShelves(lamp, 2);
        assertEquals(
                "APPROVED",
                shop.decided(shop.order(ann, shop.payment(ann, 5000), Map.of(lamp, 2)))
                        .getString("status"));
        assertEquals(
                "REJECTED",
                shop.decided(shop.order(ann, shop.payment(ann, 5000), Map.of(lamp, 1)))
                        .getString("status"));
        var stored = inAllStreams();
        assertEquals(
                List.of(),
                stored.stream().flatMap(one -> problemsOfPack(one).stream()).toList());
        var travelled = stored.stream().flatMap(one -> one.unpacked().stream()).toList();
        assertEquals(
                List.of(),
                travelled.stream()
                        .flatMap(message -> problems(message).stream())
                        .toList());
        var types = travelled.stream().map(Travelled::type).collect(toSet());
        assertTrue(types.containsAll(List.of("depot.OutOfStock.v1", "orchestrator.SagaEnded.v1")), types.toString());
    }

    /** A message as it was sent. */
    private record Travelled(String subject, JsonNode headers, JsonNode body) {

        private String type() {
            return headers.path("Type").asText();
        }

        private boolean isPack() {
            return headers.has("Pack");
        }

        private List<Travelled> unpacked() {
            return isPack()
                    ? body.valueStream()
                            .map(one -> new Travelled(subject, one.get("headers"), one.get("body")))
                            .toList()
                    : List.of(this);
        }
    }

    private List<String> problems(Travelled message) {
        var name = message.type();
        var where = message.subject() + " " + name + ": ";
        var problems = new ArrayList<String>();
        if (!channels(message.subject()).contains(name)) {
            problems.add(where + "not on this channel");
        }
        check("#/components/schemas/Headers", message.headers()).forEach(problem -> problems.add(where + problem));
        check("#/components/messages/" + name + "/payload", message.body())
                .forEach(problem -> problems.add(where + problem));
        return problems;
    }

    private List<String> problemsOfPack(Travelled message) {
        var problems = new ArrayList<String>();
        if (message.isPack()) {
            check("#/components/schemas/PackHeaders", message.headers())
                    .forEach(problem -> problems.add(problem.toString()));
            check("#/components/schemas/Pack", message.body()).forEach(problem -> problems.add(problem.toString()));
        }
        return problems;
    }

    /** The names of the messages that the document allows on the channels with this subject. */
    private Set<String> channels(String subject) {
        var names = new TreeSet<String>();
        for (var channel : document.get("channels")) {
            if (subject.matches(channel.get("address").asText().replace("{partition}", "[0-3]"))) {
                channel.get("messages").fieldNames().forEachRemaining(names::add);
            }
        }
        return names;
    }

    private Set<ValidationMessage> check(String schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::schema)
                .validate(value, execution -> execution.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private JsonSchema schema(String reference) {
        var whole = document.<ObjectNode>deepCopy().put("$ref", reference);
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(whole);
    }

    private List<Travelled> inAllStreams() throws IOException, InterruptedException, JetStreamApiException {
        var messages = new ArrayList<Travelled>();
        var connection = Nats.connect(broker);
        try {
            var streams = connection.jetStreamManagement();
            for (var stream : streams.getStreamNames()) {
                var last = streams.getStreamInfo(stream).getStreamState().getLastSequence();
                for (var sequence = 1L; sequence <= last; sequence++) {
                    messages.add(travelled(streams.getMessage(stream, sequence)));
                }
            }
        } finally {
            connection.close();
        }
        return messages;
    }

    private static Travelled travelled(MessageInfo message) {
        var headers = JSON.createObjectNode();
        message.getHeaders().forEach((header, values) -> headers.put(header, values.getFirst()));
        return new Travelled(message.getSubject(), headers, json(message.getData()));
    }

    private static Set<String> references(JsonNode operations, String action) {
        return operations
                .valueStream()
                .filter(operation -> operation.get("action").asText().equals(action))
                .flatMap(operation -> operation.get("messages").valueStream())
                .map(message -> message.get("$ref").asText())
                .collect(toSet());
    }

    private static Object example(String wire) {
        try {
            return JSON.readValue(GOLDEN.resolve(wire + ".json").toFile(), Object.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
