package emporium.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param isLong outages of minutes, every process at every point
 * @param only the names of the faults; empty for all
 * @param without a mechanism that is switched off, so that the suite must find something
 * @param orders how many flow around each fault, at least
 */
record Options(
        boolean help,
        boolean services,
        boolean isLong,
        List<String> only,
        int orders,
        long seed,
        Optional<Path> json,
        Optional<String> without) {

    static final String USAGE = """
            use: ./emporium faults [OPTION]...

            Starts a mall of its own, keeps orders flowing, breaks it in one way after the other, heals it, and checks
            from outside that no order was lost and nothing was done twice. Ends with 1 when something was.

              --services        with a process for each service
              --short           outages of seconds (the default)
              --long            outages of minutes, and every process at every named point
              --only NAME       this fault, or those whose names begin so; can be given more than once
              --orders N        orders around each fault, at least (60)
              --seed N          for what is left to chance
              --json FILE       write the results as JSON too
              --without NAME    switch off the inbox, the sweeper, the memory or the versions, to see that the suite
                                notices
            """;

    private static final List<String> MECHANISMS = List.of("inbox", "sweeper", "memory", "versions");

    private static final Options DEFAULTS =
            new Options(false, false, false, List.of(), 60, System.nanoTime(), Optional.empty(), Optional.empty());

    static Options parse(List<String> arguments) {
        var options = DEFAULTS;
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    boolean wants(Fault fault) {
        return only.isEmpty() || only.stream().anyMatch(fault.name()::startsWith);
    }

    private Options with(String name, Iterator<String> rest) {
        return switch (name) {
            case "--help", "-h" -> new Options(true, services, isLong, only, orders, seed, json, without);
            case "--services" -> new Options(help, true, isLong, only, orders, seed, json, without);
            case "--short" -> new Options(help, services, false, only, orders, seed, json, without);
            case "--long" -> new Options(help, services, true, only, orders, seed, json, without);
            case "--only" -> new Options(help, services, isLong, and(value(name, rest)), orders, seed, json, without);
            case "--orders" -> new Options(help, services, isLong, only, (int) number(name, rest), seed, json, without);
            case "--seed" -> new Options(help, services, isLong, only, orders, number(name, rest), json, without);
            case "--json" ->
                new Options(
                        help, services, isLong, only, orders, seed, Optional.of(Path.of(value(name, rest))), without);
            case "--without" ->
                new Options(help, services, isLong, only, orders, seed, json, Optional.of(mechanism(rest)));
            default -> throw new Misuse("There is no option " + name + "; see ./emporium faults --help.");
        };
    }

    private static String mechanism(Iterator<String> rest) {
        var name = value("--without", rest);
        if (!MECHANISMS.contains(name)) {
            throw new Misuse("There is no mechanism " + name + "; there are " + String.join(", ", MECHANISMS) + ".");
        }
        return name;
    }

    private List<String> and(String one) {
        if (Faults.all().stream().noneMatch(fault -> fault.name().startsWith(one))) {
            throw new Misuse("There is no fault " + one + "; there are "
                    + String.join(", ", Faults.all().stream().map(Fault::name).toList()) + ".");
        }
        var more = new ArrayList<>(only);
        more.add(one);
        return List.copyOf(more);
    }

    private static long number(String name, Iterator<String> rest) {
        var text = value(name, rest);
        if (!text.matches("\\d{1,9}")) {
            throw new Misuse("The option " + name + " needs a number, not " + text + ".");
        }
        return Long.parseLong(text);
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Misuse("The option " + name + " needs a value.");
        }
        return rest.next();
    }
}
