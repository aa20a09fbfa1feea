package emporium.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/** The mall's REST surface with its bodies as JSON. */
final class JsonRest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Rest rest;

    JsonRest(Rest rest) {
        this.rest = rest;
    }

    JsonNode get(String path) throws IOException {
        return JSON.readTree(rest.get(path));
    }

    JsonNode post(String path, Map<String, ?> body) throws IOException {
        return JSON.readTree(rest.post(path, JSON.writeValueAsString(body)));
    }

    void put(String path, Map<String, ?> body) throws IOException {
        rest.put(path, JSON.writeValueAsString(body));
    }
}
