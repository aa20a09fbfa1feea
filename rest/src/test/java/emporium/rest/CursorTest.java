package emporium.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void a_cursor_is_the_id_it_was_made_of() {
        var id = UUID.randomUUID();

        assertEquals(id, Cursor.decode(Cursor.encode(id)));
    }

    @Test
    void no_cursor_is_the_first_page() {
        assertNull(Cursor.decode(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "%%", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void a_text_that_is_no_cursor_is_bad_input(String text) {
        assertThrows(Problem.class, () -> Cursor.decode(text));
    }

    @Test
    void a_page_leads_to_the_next_as_long_as_there_is_one_row_too_many() {
        var rows = Stream.generate(UUID::randomUUID).limit(3).toList();

        assertEquals(new Page<>(rows.subList(0, 2), Cursor.encode(rows.get(1))), Page.of(rows, 2, id -> id));
        assertEquals(new Page<>(rows, null), Page.of(rows, 3, id -> id));
        assertEquals(new Page<>(List.of(), null), Page.of(List.<UUID>of(), 3, id -> id));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 501})
    void a_limit_has_its_limits(int limit) {
        assertThrows(Problem.class, () -> Page.limit(limit));
    }
}
