package emporium.mall.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** What every answer must be like, whatever was asked. */
final class Rules {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Rules() {}

    /** What is wrong with the answer. */
    static Optional<String> broken(Operation operation, RawRequest request, RawAnswer answer) {
        if (answer.status() >= 500) {
            return Optional.of("answered " + answer.status());
        }
        // An address too long, or a body too large where none is wanted, is refused before anybody knows whose it is.
        if (operation != null
                && answer.status() != 414
                && !(answer.status() == 413 && request.method().equals("GET"))
                && !operation.statuses().contains(Integer.toString(answer.status()))) {
            return Optional.of("answered " + answer.status() + ", which the document does not say");
        }
        if (answer.status() == 405 && answer.header("allow").isEmpty()) {
            return Optional.of("405 without Allow");
        }
        return answer.isRefusal() ? brokenProblem(request, answer) : brokenGrant(answer);
    }

    private static Optional<String> brokenGrant(RawAnswer answer) {
        var isFine = answer.body().length == 0 || json(answer).isPresent();
        return isFine
                ? Optional.empty()
                : Optional.of(answer.status() + " with no JSON of type '" + answer.header("content-type") + "'");
    }

    private static Optional<String> brokenProblem(RawRequest request, RawAnswer answer) {
        if (!answer.header("content-type").equals("application/problem+json")) {
            return Optional.of(answer.status() + " is of type '" + answer.header("content-type") + "'");
        }
        if (request.method().equals("HEAD")) {
            return Optional.empty();
        }
        return read(answer.body())
                .map(problem -> brokenBody(problem, answer.status()))
                .orElse(Optional.of(answer.status() + " whose problem is no JSON"));
    }

    /** The body, if it is the JSON that it says it is. */
    static Optional<JsonNode> json(RawAnswer answer) {
        var says = answer.header("content-type").replaceAll(";\\s*charset=UTF-8", "");
        return says.equals("application/json") ? read(answer.body()) : Optional.empty();
    }

    private static Optional<JsonNode> read(byte[] body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(node -> !node.isMissingNode());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> brokenBody(JsonNode problem, int status) {
        for (var field : new String[] {"type", "title", "detail"}) {
            if (!problem.path(field).isTextual()
                    || problem.get(field).textValue().isBlank()) {
                return Optional.of(status + " without " + field);
            }
        }
        if (problem.path("status").asInt() != status) {
            return Optional.of(status + " whose problem says " + problem.path("status"));
        }
        if (status == 400 && problem.at("/violations/0/message").asText().isBlank()) {
            return Optional.of("400 without violations");
        }
        var leaks = problem.get("detail").textValue().contains("Exception")
                || problem.toString().contains("\\tat ");
        return leaks ? Optional.of(status + " that tells of the inside") : Optional.empty();
    }
}
