package emporium.infra;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GivenPostgresTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:s%26cret@db:5433/mall",
                "postgres://ann:s%26cret@db:5433/mall",
                "jdbc:postgresql://db:5433/mall?user=ann&password=s%26cret"
            })
    void an_address_is_written_in_several_ways(String url) {
        assertEquals(new GivenPostgres("db", 5433, "mall", "ann", "s&cret", ""), GivenPostgres.parse(url));
    }

    @Test
    void what_an_address_leaves_out_is_emporium() {
        assertEquals(
                new GivenPostgres("db", 5432, "emporium", "emporium", "emporium", ""),
                GivenPostgres.parse("postgresql://db"));
    }

    @Test
    void what_else_an_address_says_is_left_to_the_driver() {
        var given = GivenPostgres.parse("postgresql://ann@db/mall?sslmode=require&password=x&loginTimeout=5");
        assertEquals("jdbc:postgresql://db:5432/mall?sslmode=require&loginTimeout=5", given.jdbcUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "mysql://db/x", "jdbc:oracle:x", "postgresql://", ":::"})
    void what_is_no_address_is_refused_with_an_example(String url) {
        var refusal = assertThrows(InfraException.class, () -> GivenPostgres.parse(url));
        assertTrue(refusal.getMessage().contains("postgresql://user:password@host:5432/database"));
    }
}
