package emporium.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Shows the checker of the golden files passing what is compatible and failing on what is not. */
class CompatibilityTest {
    private static final UUID ID = UUID.fromString("019a0000-0000-7000-8000-000000000001");
    private static final Parcel RELEASED = new Parcel(ID, 3, Instant.EPOCH, List.of(new Item("lamp", 2)));

    record Item(String name, int quantity) {}

    record Parcel(UUID id, long version, Instant at, List<Item> items) {}

    record WithOptionalField(UUID id, long version, Instant at, List<Item> items, String note, int weight) {}

    record WithRequiredField(UUID id, long version, Instant at, List<Item> items, String note) {
        WithRequiredField {
            Objects.requireNonNull(note, "note");
        }
    }

    record WithoutVersion(UUID id, Instant at, List<Item> items) {}

    record Renamed(UUID parcel, long version, Instant at, List<Item> items) {}

    record Retyped(UUID id, String version, Instant at, List<Item> items) {}

    record SingleItem(UUID id, long version, Instant at, Item items) {}

    record CountedItem(String name, int count) {}

    record RenamedInside(UUID id, long version, Instant at, List<CountedItem> items) {}

    record Narrowed(UUID id, long version, Instant at, List<Item> items) {
        Narrowed {
            version = Math.min(version, 1);
        }
    }

    record Strict(UUID id, long version, Instant at, List<Item> items) {
        private static final Set<String> FIELDS = Set.of("id", "version", "at", "items");

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Strict of(Map<String, Object> fields) {
            if (!FIELDS.equals(fields.keySet())) {
                throw new IllegalArgumentException("unknown field in " + fields.keySet());
            }
            return new Strict(ID, 3, Instant.EPOCH, List.of(new Item("lamp", 2)));
        }
    }

    @Test
    void the_released_shape_is_compatible_with_itself() {
        assertEquals(List.of(), problemsOf(RELEASED));
    }

    @Test
    void an_added_field_that_may_be_missing_is_compatible() {
        var items = List.of(new Item("lamp", 2));
        assertEquals(List.of(), problemsOf(new WithOptionalField(ID, 3, Instant.EPOCH, items, "fragile", 12)));
    }

    @Test
    void an_added_field_that_must_be_there_needs_a_new_version() {
        var items = List.of(new Item("lamp", 2));
        fails("a new field is not optional", new WithRequiredField(ID, 3, Instant.EPOCH, items, "fragile"));
    }

    @Test
    void a_removed_field_needs_a_new_version() {
        fails("version was removed or renamed", new WithoutVersion(ID, Instant.EPOCH, RELEASED.items()));
    }

    @Test
    void a_renamed_field_needs_a_new_version() {
        fails("id was removed or renamed", new Renamed(ID, 3, Instant.EPOCH, RELEASED.items()));
    }

    @Test
    void a_field_of_another_type_needs_a_new_version() {
        fails("version was NUMBER and is STRING", new Retyped(ID, "3", Instant.EPOCH, RELEASED.items()));
    }

    @Test
    void a_list_that_becomes_one_thing_needs_a_new_version() {
        fails("items was ARRAY and is OBJECT", new SingleItem(ID, 3, Instant.EPOCH, new Item("lamp", 2)));
    }

    @Test
    void a_field_renamed_inside_a_list_needs_a_new_version() {
        var items = List.of(new CountedItem("lamp", 2));
        fails("items[].quantity was removed or renamed", new RenamedInside(ID, 3, Instant.EPOCH, items));
    }

    @Test
    void a_value_that_is_read_as_another_needs_a_new_version() {
        fails("gives", new Narrowed(ID, 3, Instant.EPOCH, RELEASED.items()));
    }

    @Test
    void a_message_that_refuses_unknown_fields_is_not_open_to_additions() {
        fails("is not ignored", new Strict(ID, 3, Instant.EPOCH, RELEASED.items()));
    }

    private static List<String> problemsOf(Record now) {
        return Compatibility.problems(Compatibility.json(RELEASED), now);
    }

    private static void fails(String why, Record now) {
        var problems = problemsOf(now);
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.getFirst().contains(why), problems::toString);
        assertTrue(problems.getFirst().endsWith("make it a new version under a new wire name"), problems::toString);
    }
}
