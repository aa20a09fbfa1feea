package emporium.launcher;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the live line says, read from what the mall answers. */
final class Counts {

    private static final Pattern GAUGE =
            Pattern.compile("(?m)^emporium_(orders|sagas)\\{[^}]*status=\"([^\"]+)\"[^}]*}\\s+([0-9.E+]+)$");

    private static final Pattern ITEM = Pattern.compile("\"orderId\"\\s*:");

    private Counts() {}

    /** How many items a page has, with a plus if there are more pages. */
    static String ofPage(String page) {
        var more = !page.replaceAll("\\s", "").contains("\"next\":null");
        return ITEM.matcher(page).results().count() + (more ? "+" : "");
    }

    /** The gauges of orders and sagas by status. */
    static String ofMetrics(String metrics) {
        var orders = new TreeMap<String, Long>();
        var sagas = new TreeMap<String, Long>();
        GAUGE.matcher(metrics).results().forEach(gauge -> (gauge.group(1).equals("orders") ? orders : sagas)
                .merge(gauge.group(2).toLowerCase(), Math.round(Double.parseDouble(gauge.group(3))), Long::sum));
        return "orders: " + list(orders) + " · sagas: " + list(sagas);
    }

    private static String list(Map<String, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }
}
