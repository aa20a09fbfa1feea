package emporium.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the command line asks for: words, such as scenarios, and options with a value each. */
record Options(boolean help, List<String> words, Map<Option, String> values) {

    /** An option, what its value must look like, and what that is called. */
    enum Option {
        DATA("--data", ".+", "a folder"),
        URL("--url", "https?://[^/]+/?", "an address like http://localhost:8080"),
        SECONDS("--seconds", "[1-9]\\d{0,4}", "a number from 1 to 99999"),
        ROUNDS("--rounds", "[1-9]\\d?", "a number from 1 to 99"),
        WARM_UP("--warm-up", "\\d{1,5}", "a number from 0 to 99999"),
        RATE("--rate", "[1-9]\\d{0,4}", "a number from 1 to 99999"),
        REPLICAS("--replicas", "[1-9]", "a number from 1 to 9"),
        STORED("--stored", "[1-9]\\d{2,7}", "a number from 100 to 99999999"),
        JSON("--json", ".+", "a file"),
        POSTGRES("--postgres", ".+", "an address"),
        NATS("--nats", ".+", "an address");

        private final String title;
        private final String pattern;
        private final String what;

        Option(String title, String pattern, String what) {
            this.title = title;
            this.pattern = pattern;
            this.what = what;
        }
    }

    static final String USAGE = """
            use: ./emporium bench [SCENARIO]... [OPTION]...
                 ./emporium bench yardstick [OPTION]...
                 ./emporium bench all [PART]... [OPTION]...
                 ./emporium bench batch | relay
                 ./emporium bench micro [JMH option]...

            Places orders with a running mall (./emporium up --no-demo) until it reports them approved, and prints how
            fast that was and what one order has cost. Orders that do not add up in the end have no result.

              SCENARIO          %s; without --rate all but the last when none is named
              --rate N          orders a second that are placed in the scenario rate, however long the others take
              --replicas N      of each application of the mall, the one that runs among them (1)
              --stored N        orders of the past that the databases are filled with before the first scenario
              --data DIR        the running mall's folder, for its process ids and its servers (.emporium)
              --url URL         the mall's address (the one that the folder names)
              --seconds N       how long each scenario is measured (30)
              --rounds N        equal parts of that time whose rates are told (3)
              --warm-up N       seconds of orders, 64 in flight, before the first scenario (60)
              --json FILE       write the results as JSON too, one object for each scenario
              --postgres URL    the database, when the mall uses one that was given to it
              --nats URL        the broker, when the mall uses one that was given to it

            yardstick: the bare loop alone, on the servers of a running mall: ten hops, each a transaction in plain JDBC.
            Its rate stands beside that of each scenario too.

            all: every figure that Emporium has to reach, as a table in Markdown, from malls of its own that it starts
            and stops. PART is one of %s; all of them when none is named, but for native and
            native-services, which build executables with GraalVM first. --seconds, --warm-up, --json and --stored
            (1000000) as above.

            batch: what a message costs that is handled in a batch of 100, against one that is handled alone. Starts
            servers of its own, as does

            relay: messages through the outbox, transaction and all, against the client library's publishAsync.

            micro: what single parts cost by themselves, by JMH: the codec, one step of the saga engine.
            """.formatted(
            Stream.of(Scenario.values()).map(Scenario::title).collect(Collectors.joining(", ")),
            Stream.of(WholeTable.Part.values()).map(WholeTable.Part::title).collect(Collectors.joining(", ")));

    static Options parse(List<String> arguments) {
        var help = false;
        var words = new ArrayList<String>();
        var values = new EnumMap<Option, String>(Option.class);
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            var argument = rest.next();
            if (List.of("--help", "-h").contains(argument)) {
                help = true;
            } else if (argument.startsWith("-")) {
                var option = option(argument);
                values.put(option, checked(option, rest.hasNext() ? rest.next() : null));
            } else {
                words.add(argument);
            }
        }
        return new Options(help, List.copyOf(words), values);
    }

    private static Option option(String title) {
        return Stream.of(Option.values())
                .filter(option -> option.title.equals(title))
                .findFirst()
                .orElseThrow(() -> new Misuse("There is no option " + title + "; see ./emporium bench --help."));
    }

    private static String checked(Option option, String value) {
        if (value == null) {
            throw new Misuse("The option " + option.title + " needs a value.");
        }
        if (!value.matches(option.pattern)) {
            throw new Misuse("The option %s needs %s, not %s.".formatted(option.title, option.what, value));
        }
        return value;
    }

    /** Those named, or all that can be had with these options. */
    List<Scenario> scenarios() {
        var wanted = words.isEmpty()
                ? Stream.of(Scenario.values())
                        .filter(scenario -> (scenario == Scenario.RATE) == rate().isPresent())
                        .toList()
                : words.stream().map(Options::scenario).toList();
        if (wanted.contains(Scenario.RATE) && rate().isEmpty()) {
            throw new Misuse("The scenario rate needs the option --rate.");
        }
        return wanted;
    }

    private static Scenario scenario(String name) {
        return Scenario.named(name)
                .orElseThrow(() -> new Misuse("There is no scenario " + name + "; see ./emporium bench --help."));
    }

    /** The same, with so many replicas. */
    Options withReplicas(int replicas) {
        var changed = new EnumMap<Option, String>(Option.class);
        changed.putAll(values);
        changed.put(Option.REPLICAS, Integer.toString(replicas));
        return new Options(help, words, changed);
    }

    Path data() {
        return Path.of(value(Option.DATA).orElse(".emporium"));
    }

    Optional<URI> url() {
        return value(Option.URL).map(URI::create);
    }

    /** How long each scenario is measured, after its ramp. */
    Duration measured() {
        return seconds(Option.SECONDS, 30);
    }

    int rounds() {
        return number(Option.ROUNDS).orElse(3);
    }

    Duration warmUp() {
        return seconds(Option.WARM_UP, 60);
    }

    Optional<Integer> rate() {
        return number(Option.RATE);
    }

    int replicas() {
        return number(Option.REPLICAS).orElse(1);
    }

    Optional<Integer> stored() {
        return number(Option.STORED);
    }

    Optional<Path> json() {
        return value(Option.JSON).map(Path::of);
    }

    Optional<String> postgres() {
        return value(Option.POSTGRES);
    }

    Optional<String> nats() {
        return value(Option.NATS);
    }

    private Duration seconds(Option option, int otherwise) {
        return Duration.ofSeconds(number(option).orElse(otherwise));
    }

    private Optional<Integer> number(Option option) {
        return value(option).map(Integer::valueOf);
    }

    private Optional<String> value(Option option) {
        return Optional.ofNullable(values.get(option));
    }
}
