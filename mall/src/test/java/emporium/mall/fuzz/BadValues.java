package emporium.mall.fuzz;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Random;

/** What clients send by mistake, by accident or with intent. */
final class BadValues {

    /** As values in JSON. */
    private static final List<String> LITERALS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1",
            "1.5",
            "19.99",
            "1e3",
            "1e400",
            "-0.0",
            "2147483648",
            "-2147483649",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "4611686018427387904",
            "9".repeat(1_500),
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"a\": 1}",
            "\"\"",
            "\"1\"",
            "\"true\"",
            "[".repeat(200) + "]".repeat(200),
            "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000),
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"");

    /** As texts: in JSON, in a path, in a query or in a header. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\t",
            "\u0001\u001f\u007f",
            "\u200b\u202e\ufeff",
            "\ud83d\ude00",
            "Ω≈ç√∫",
            "ﷺ",
            "e\u0301\u0301",
            "x".repeat(201),
            "x".repeat(300),
            "x".repeat(3_000),
            "€".repeat(900),
            "null",
            "undefined",
            "true",
            "0",
            "-1",
            "1.5",
            "1e9",
            "2147483648",
            "9223372036854775808",
            "NaN",
            "Infinity",
            "0x10",
            "' or '1'='1",
            "\"; drop table x; --",
            "%",
            "%00",
            "%zz",
            "../../../etc/passwd",
            "..",
            ".",
            "a/b",
            "a\\b",
            "<script>alert(1)</script>",
            "${jndi:ldap://x/y}",
            "#{1+1}",
            "{{1}}",
            "*",
            "_",
            "%_%",
            "eur",
            "EURO",
            "XXX",
            "E€R",
            "ann@",
            "@",
            "a@b",
            "a".repeat(65) + "@example.org",
            "a@" + "b".repeat(64) + ".org",
            "+",
            "+1",
            "+" + "1".repeat(16),
            "0049123",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "1-1-1-1-1",
            "{01900000-0000-7000-8000-000000000000}",
            "01900000-0000-7000-8000-00000000000",
            "01900000000070008000000000000000",
            "yesterday",
            "2026-02-30T12:00:00Z",
            "2026-01-01",
            "2026-01-01T12:00:00+25:00",
            "2026-01-01T24:00:00Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "-1000000000-01-01T00:00:00Z",
            "+294277-01-01T00:00:00Z",
            "-4713-01-01T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "PT-5M",
            "P1Y",
            "PT",
            "PT2562047788015215H30M7.999999999S",
            "-PT2562047788015215H30M7.999999999S",
            "P99999999999D",
            "AAAA",
            "AAAAAAAAAAAAAAAAAAAAAA",
            "_____________________w",
            "=====",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "a,b",
            "PENDING",
            "pending",
            "approve",
            "decline",
            "slow");

    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/xml",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "application/json; charset=utf-16",
            "application/json; charset=latin1",
            "application/json; charset=nonsense",
            "application/json;",
            "application/jsonx",
            "application/problem+json",
            "application/merge-patch+json",
            "json",
            "/",
            ";",
            "",
            "*/*",
            "application/*",
            "application/json, text/plain",
            "text/html;q=x",
            "image/png",
            "text/event-stream");

    private BadValues() {}

    static String literal(Random random) {
        return random.nextInt(3) == 0 ? quoted(text(random)) : some(LITERALS, random);
    }

    static String text(Random random) {
        return random.nextInt(8) == 0 ? noise(random) : some(TEXTS, random);
    }

    static String mediaType(Random random) {
        return some(TYPES, random);
    }

    /** Whatever characters there are. */
    private static String noise(Random random) {
        return random.ints(1 + random.nextInt(40), 0, 0x2100)
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    }

    static <T> T some(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
