package emporium.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParkedMessagesTest {

    @Test
    void pages_of_several_services_make_one_with_the_newest_first() {
        var page = ParkedMessages.merge(List.of(page(null, "d", "a"), page(null, "c", "b"), page(null)), 10);
        assertEquals(List.of("d", "c", "b", "a"), ends(page));
        assertNull(page.getString("next"));
    }

    @Test
    void what_does_not_fit_is_on_the_next_page() {
        var page = ParkedMessages.merge(List.of(page("more", "d", "a"), page(null, "c")), 2);
        assertEquals(List.of("d", "c"), ends(page));
        assertNotNull(page.getString("next"));
    }

    private static JsonObject page(String next, String... ends) {
        var items = Stream.of(ends)
                .map(end -> new JsonObject().put("id", "01900000-0000-7000-8000-00000000000" + end))
                .toList();
        return new JsonObject().put("items", new JsonArray(items)).put("next", next);
    }

    private static List<String> ends(JsonObject page) {
        return page.getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .map(message -> message.getString("id").substring(35))
                .toList();
    }
}
