package emporium.launcher;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What the command line asks for. */
record Options(
        int port,
        Path data,
        boolean services,
        Build build,
        boolean fresh,
        boolean demo,
        Optional<Integer> bots,
        Optional<String> postgres,
        Optional<String> nats) {

    private static final Options DEFAULTS = new Options(
            8080,
            Path.of(".emporium"),
            false,
            Build.JARS,
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What is run of each application. */
    enum Build {
        JARS,
        /** Their classes as a JVM has once loaded them, which saves half of a start. */
        RECORDED_JARS,
        EXECUTABLES
    }

    static Options parse(List<String> arguments) {
        var options = DEFAULTS;
        for (var rest = arguments.iterator(); rest.hasNext(); ) {
            options = options.with(rest.next(), rest);
        }
        return options;
    }

    private Options with(String name, Iterator<String> rest) {
        return switch (name) {
            case "--port" ->
                new Options(number(name, rest, 1, 65535), data, services, build, fresh, demo, bots, postgres, nats);
            case "--data" ->
                new Options(port, Path.of(value(name, rest)), services, build, fresh, demo, bots, postgres, nats);
            case "--services" -> new Options(port, data, true, build, fresh, demo, bots, postgres, nats);
            case "--record" ->
                new Options(port, data, services, Build.RECORDED_JARS, fresh, demo, bots, postgres, nats);
            case "--native" -> new Options(port, data, services, Build.EXECUTABLES, fresh, demo, bots, postgres, nats);
            case "--fresh" -> new Options(port, data, services, build, true, demo, bots, postgres, nats);
            case "--no-demo" -> new Options(port, data, services, build, fresh, false, bots, postgres, nats);
            case "--bots" ->
                new Options(
                        port,
                        data,
                        services,
                        build,
                        fresh,
                        demo,
                        Optional.of(number(name, rest, 0, 1000)),
                        postgres,
                        nats);
            case "--postgres" ->
                new Options(port, data, services, build, fresh, demo, bots, Optional.of(value(name, rest)), nats);
            case "--nats" ->
                new Options(port, data, services, build, fresh, demo, bots, postgres, Optional.of(value(name, rest)));
            default -> throw new Misuse("There is no option " + name + "; see ./emporium --help.");
        };
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new Misuse("The option " + name + " needs a value.");
        }
        return rest.next();
    }

    private static int number(String name, Iterator<String> rest, int least, int most) {
        var text = value(name, rest);
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new Misuse("The option %s needs a number from %d to %d, not %s.".formatted(name, least, most, text));
    }
}
