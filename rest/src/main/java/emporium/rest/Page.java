package emporium.rest;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next the cursor of the page that follows, or null when this is the last
 */
public record Page<T>(List<T> items, String next) {

    /** For {@code @DefaultValue} of a {@code limit} parameter. */
    public static final String DEFAULT_LIMIT = "50";

    /** For {@code @Max} of a {@code limit} parameter. */
    public static final int MAX_LIMIT = 500;

    /** 400 unless {@code 1 <= limit <= MAX_LIMIT}; else the limit. */
    public static int limit(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.badInput("limit", "must be between 1 and " + MAX_LIMIT);
        }
        return limit;
    }

    /**
     * Cuts a page out of rows in the order of their ids.
     *
     * @param rows what a query for {@code limit + 1} rows has found: the one too many says that there is more
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<? super T, UUID> id) {
        if (rows.size() <= limit) {
            return new Page<>(List.copyOf(rows), null);
        }
        var items = List.copyOf(rows.subList(0, limit));
        return new Page<>(items, Cursor.encode(id.apply(items.getLast())));
    }
}
