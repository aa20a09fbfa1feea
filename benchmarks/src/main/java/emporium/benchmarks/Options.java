package emporium.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the command line asks for.
 *
 * @param batch whether the micro benchmark is wanted instead of orders
 * @param url the mall's address, when it is not the one that the data folder names
 * @param measured how long each scenario is measured, after its warm-up
 * @param postgres the database, when it is not the one in the data folder
 */
record Options(
        boolean help,
        boolean batch,
        List<Scenario> scenarios,
        Optional<URI> url,
        Path data,
        Duration measured,
        Optional<Path> json,
        Optional<String> postgres) {

    static final String USAGE =
            """
            use: ./emporium bench [SCENARIO]... [OPTION]...
                 ./emporium bench batch

            Places orders with a running mall (./emporium up --no-demo) until it reports them approved, and prints how
            fast that was and what one order has cost. Orders that do not add up in the end have no result.

              SCENARIO          %s; all of them when none is named
              --data DIR        the running mall's folder, for its process ids and its database (.emporium)
              --url URL         the mall's address (the one that the folder names)
              --seconds N       how long each scenario is measured (30)
              --json FILE       write the results as JSON too, one object for each scenario
              --postgres URL    the database, when the mall uses one that was given to it

            batch: what a message costs that is handled in a batch of 100, against one that is handled alone. Starts
            servers of its own.
            """.formatted(Stream.of(Scenario.values()).map(Scenario::title).collect(Collectors.joining(", ")));

    private static final Options DEFAULTS = new Options(
            false,
            false,
            List.of(),
            Optional.empty(),
            Path.of(".emporium"),
            Duration.ofSeconds(30),
            Optional.empty(),
            Optional.empty());

    static Options parse(List<String> arguments) {
        var options = DEFAULTS;
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    List<Scenario> scenariosOrAll() {
        return scenarios.isEmpty() ? List.of(Scenario.values()) : scenarios;
    }

    private Options with(String name, Iterator<String> rest) {
        return switch (name) {
            case "--help", "-h" -> new Options(true, batch, scenarios, url, data, measured, json, postgres);
            case "batch" -> new Options(help, true, scenarios, url, data, measured, json, postgres);
            case "--url" ->
                new Options(help, batch, scenarios, Optional.of(address(rest)), data, measured, json, postgres);
            case "--data" ->
                new Options(help, batch, scenarios, url, Path.of(value(name, rest)), measured, json, postgres);
            case "--seconds" ->
                new Options(help, batch, scenarios, url, data, Duration.ofSeconds(seconds(rest)), json, postgres);
            case "--json" ->
                new Options(
                        help, batch, scenarios, url, data, measured, Optional.of(Path.of(value(name, rest))), postgres);
            case "--postgres" ->
                new Options(help, batch, scenarios, url, data, measured, json, Optional.of(value(name, rest)));
            default -> new Options(help, batch, and(scenario(name)), url, data, measured, json, postgres);
        };
    }

    private List<Scenario> and(Scenario one) {
        var more = new ArrayList<>(scenarios);
        more.add(one);
        return List.copyOf(more);
    }

    private static Scenario scenario(String name) {
        if (name.startsWith("-")) {
            throw new Misuse("There is no option " + name + "; see ./emporium bench --help.");
        }
        return Scenario.named(name)
                .orElseThrow(() -> new Misuse("There is no scenario " + name + "; see ./emporium bench --help."));
    }

    private static URI address(Iterator<String> rest) {
        var text = value("--url", rest);
        if (!text.matches("https?://[^/]+/?")) {
            throw new Misuse("The option --url needs an address like http://localhost:8080, not " + text + ".");
        }
        return URI.create(text);
    }

    private static int seconds(Iterator<String> rest) {
        var text = value("--seconds", rest);
        if (!text.matches("[1-9]\\d{0,4}")) {
            throw new Misuse("The option --seconds needs a number from 1 to 99999, not " + text + ".");
        }
        return Integer.parseInt(text);
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Misuse("The option " + name + " needs a value.");
        }
        return rest.next();
    }
}
