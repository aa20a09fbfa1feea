package emporium.launcher;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The mall's REST surface on this machine. {@code HttpURLConnection} starts in a fraction of the newer client's time. */
final class Rest {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    private static final Pattern DETAIL = Pattern.compile("\"detail\"\\s*:\\s*\"([^\"]+?)\\.?\"");

    private final int port;

    Rest(int port) {
        this.port = port;
    }

    String address() {
        return "http://localhost:" + port;
    }

    boolean isReady() {
        try {
            return open("GET", "/q/health/ready").getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    String get(String path) throws IOException {
        return answer(open("GET", path));
    }

    void put(String path, String json) throws IOException {
        answer(send(open("PUT", path), json));
    }

    /** Creates something and returns its id. The key makes a repeated call harmless. */
    String post(String path, String key, String json) throws IOException {
        var connection = open("POST", path);
        connection.setRequestProperty("Idempotency-Key", key);
        var id = ID.matcher(answer(send(connection, json)));
        if (!id.find()) {
            throw new IOException("POST " + path + " was answered without an id");
        }
        return id.group(1);
    }

    /** Sends something without a key and returns the answer. */
    String post(String path, String json) throws IOException {
        return answer(send(open("POST", path), json));
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        var connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(2_000);
        connection.setReadTimeout(10_000);
        connection.setRequestProperty("Accept", "application/json");
        return connection;
    }

    private static HttpURLConnection send(HttpURLConnection connection, String json) throws IOException {
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setDoOutput(true);
        try (var out = connection.getOutputStream()) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return connection;
    }

    private static String answer(HttpURLConnection connection) throws IOException {
        var status = connection.getResponseCode();
        if (status >= 300) {
            throw new Refused(connection.getRequestMethod(), connection.getURL().getPath(), status, detail(connection));
        }
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String detail(HttpURLConnection connection) throws IOException {
        try (var problem = connection.getErrorStream()) {
            var text = problem == null ? "" : new String(problem.readAllBytes(), StandardCharsets.UTF_8);
            var detail = DETAIL.matcher(text);
            return detail.find() ? detail.group(1) : "no reason given";
        }
    }
}
