package emporium.mall.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request as it goes over the wire, so that it can be as wrong as it likes.
 *
 * @param headers as they are written, {@code Name: value}; those that frame the body are added
 * @param body null for none
 */
record RawRequest(String method, String target, List<String> headers, byte[] body) {

    /** What it says, in its address and in its body. */
    String text() {
        return target + (body == null ? "" : new String(body, ISO_8859_1));
    }

    /** For a shell: sends the same once more. */
    String curl(URI mall) {
        var options = headers.stream().map(header -> " -H " + quoted(header)).collect(Collectors.joining());
        var data = body == null
                ? ""
                : " --data-binary @<(base64 -d <<< '%s')"
                        .formatted(Base64.getEncoder().encodeToString(body));
        var asked = method.equals("HEAD") ? "--head" : "-X " + quoted(method);
        return "curl -sig --path-as-is " + asked + " " + quoted(mall.resolve("/") + target.substring(1)) + options
                + data;
    }

    /** As bytes that a shell puts together again, for what is no ASCII. */
    private static String quoted(String text) {
        var quoted = new StringBuilder("$'");
        for (byte octet : text.getBytes(ISO_8859_1)) {
            if (octet >= ' ' && octet < 127 && octet != '\'' && octet != '\\') {
                quoted.append((char) octet);
            } else {
                quoted.append("\\x%02x".formatted(octet & 0xff));
            }
        }
        return quoted.append('\'').toString();
    }
}
