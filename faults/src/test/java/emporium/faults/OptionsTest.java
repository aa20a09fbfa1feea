package emporium.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void a_name_stands_for_every_fault_that_begins_with_it() {
        var options = Options.parse(List.of("--only", "kill"));
        var wanted =
                Faults.all().stream().filter(options::wants).map(Fault::name).toList();
        assertTrue(wanted.containsAll(List.of("kill", "kill-after-commit", "kill-two")));
        assertTrue(wanted.stream().allMatch(name -> name.startsWith("kill")));
    }

    @Test
    void a_fault_that_does_not_exist_is_answered_with_those_that_do() {
        var misuse = assertThrows(Misuse.class, () -> Options.parse(List.of("--only", "flood")));
        assertTrue(misuse.getMessage().contains("broker-wiped"));
    }

    @Test
    void what_needs_several_processes_is_left_out_of_the_form_with_one() {
        var inOne = Options.parse(List.of());
        var inMany = Options.parse(List.of("--services"));
        var onlyInMany =
                Faults.all().stream().filter(fault -> !fault.isFor(inOne)).toList();
        assertTrue(onlyInMany.stream().allMatch(fault -> fault.isFor(inMany)));
        assertEquals(
                List.of("kill-two", "second-replica-killed", "two-more-replicas-killed", "rolling-upgrade"),
                onlyInMany.stream().map(Fault::name).toList());
    }

    @Test
    void every_fault_has_a_name_of_its_own() {
        var names = Faults.all().stream().map(Fault::name).toList();
        assertEquals(names.stream().distinct().toList(), names);
    }
}
