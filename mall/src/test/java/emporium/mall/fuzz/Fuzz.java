package emporium.mall.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sends requests to a running mall that are made from its OpenAPI document, most of them wrong in one way or two. What
 * is sent follows from the seed; ids are the mall's own.
 */
public final class Fuzz implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GOOD_ONES_PERCENT = 15;
    private static final int TRIES = 4;
    private static final int LARGEST_BODY = 1 << 20;
    private static final RawRequest DOCUMENT =
            new RawRequest("GET", "/q/openapi?format=json", List.of("Accept: application/json"), null);

    private final URI mall;
    private final RawHttp http;
    private final TableStates tables;
    private final Random random;
    private final KnownValues known = new KnownValues();
    private final GoodValues good;
    private final List<Operation> operations;

    private final Map<Integer, Integer> counts = new TreeMap<>();
    private final Map<String, String> findings = new LinkedHashMap<>();
    private final TreeSet<String> neverGranted = new TreeSet<>();
    private int busy;
    private long slowestMillis;

    /** @param databases all that the mall has, each closed in the end */
    public Fuzz(URI mall, List<Connection> databases, long seed) throws IOException {
        this.mall = mall;
        http = new RawHttp(mall);
        tables = new TableStates(databases);
        random = new Random(seed);
        good = new GoodValues(known, random);
        operations = Operation.all(JSON.readTree(http.send(DOCUMENT).body()));
        operations.forEach(operation -> neverGranted.add(operation.toString()));
    }

    /** Teaches a value that no answer shows. */
    public Fuzz knowing(String name, String... values) {
        for (var value : values) {
            known.learn("", JSON.createObjectNode().put(name, value), "");
        }
        return this;
    }

    /** Sends so many requests and returns what was wrong with the answers, each with a command that sends it again. */
    public List<String> run(int requests) throws IOException, SQLException {
        for (int i = 0; i < requests; i++) {
            step();
        }
        return findings.entrySet().stream()
                .map(finding -> finding.getKey() + "\n    " + finding.getValue())
                .toList();
    }

    private void step() throws IOException, SQLException {
        var draft = new Draft(BadValues.some(operations, random), good, known, random);
        var faults = random.nextInt(100) < GOOD_ONES_PERCENT ? 0 : 1 + random.nextInt(2);
        var how = new StringBuilder();
        for (int i = 0; i < faults; i++) {
            var fault = fault(draft);
            fault.putInto(draft);
            how.append(' ').append(fault);
        }
        check(draft.operation.toString() + how, draft.request());
    }

    private Fault fault(Draft draft) {
        return BadValues.some(
                List.of(Fault.values()).stream().filter(one -> one.fits(draft)).toList(), random);
    }

    private void check(String how, RawRequest request) throws IOException, SQLException {
        var before = tables.now();
        var began = System.nanoTime();
        RawAnswer answer;
        try {
            answer = http.send(request);
        } catch (IOException e) {
            reportSilence(e, how, request);
            return;
        }
        slowestMillis = Math.max(slowestMillis, (System.nanoTime() - began) / 1_000_000);
        counts.merge(answer.status(), 1, Integer::sum);
        var operation = operation(request);
        Rules.broken(operation.orElse(null), request, answer).ifPresent(rule -> report(rule, how, request));
        learn(operation, request, answer);
        if (mustNotChange(request, answer) && !tables.now().equals(before)) {
            checkAgain(how, request);
        }
    }

    /** Who sends more than anybody wants to read may find the connection closed before the answer is heard. */
    private void reportSilence(IOException failure, String how, RawRequest request) {
        var isTooMuch = request.body() != null && request.body().length > LARGEST_BODY;
        if (!isTooMuch || failure instanceof SocketTimeoutException) {
            report("no answer: " + failure, how, request);
        }
    }

    /**
     * What was begun by former requests may still go on, so it is tried again when nothing does; several times, because a
     * busy machine may have looked as if nothing did.
     */
    private void checkAgain(String how, RawRequest request) throws IOException, SQLException {
        busy++;
        var changed = new TreeMap<String, String>();
        for (int i = 0; i < TRIES; i++) {
            tables.awaitQuiet();
            var before = new TreeMap<>(tables.now());
            var answer = http.send(request);
            changed.clear();
            changed.putAll(tables.now());
            changed.entrySet().removeAll(before.entrySet());
            if (changed.isEmpty() || !mustNotChange(request, answer)) {
                return;
            }
        }
        report("a change of " + changed.keySet() + " by what must not change anything", how, request);
    }

    private static boolean mustNotChange(RawRequest request, RawAnswer answer) {
        return answer.status() >= 400 || List.of("GET", "HEAD", "OPTIONS").contains(request.method());
    }

    private void report(String rule, String how, RawRequest request) {
        var operation = how.replaceAll("^(\\S+ \\S+).*", "$1");
        findings.putIfAbsent(
                rule + ": " + operation, how.substring(operation.length()) + "\n    " + request.curl(mall));
    }

    private void learn(Optional<Operation> operation, RawRequest request, RawAnswer answer) {
        if (answer.status() >= 300 || operation.isEmpty()) {
            return;
        }
        neverGranted.remove(operation.get().toString());
        var path = operation.get().path().replaceAll("/\\{\\w+}$", "");
        Rules.json(answer).ifPresent(body -> known.learn(path, body, request.text()));
    }

    /** The one that the request is for, if it is for any. */
    private Optional<Operation> operation(RawRequest request) {
        var path = request.target().replaceAll("\\?.*", "");
        return operations.stream()
                .filter(operation -> operation.method().equals(request.method()))
                .filter(operation -> path.matches(operation.path().replaceAll("\\{\\w+}", "[^/;%.]+")))
                .min((one, other) -> Integer.compare(
                        one.parameters().size(), other.parameters().size()));
    }

    /** For people: what came of it. */
    public String summary() {
        return "answers %s, slowest %d ms, seen %d times with other work going on, never granted: %s"
                .formatted(counts, slowestMillis, busy, neverGranted);
    }

    @Override
    public void close() throws IOException, SQLException {
        http.close();
        tables.close();
    }
}
