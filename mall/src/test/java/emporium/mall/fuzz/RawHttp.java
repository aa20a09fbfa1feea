package emporium.mall.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** HTTP/1.1 that sends whatever it is given: a real client refuses to send half of what a fuzz is made of. */
final class RawHttp implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final URI mall;
    private Socket connection;
    private InputStream in;

    RawHttp(URI mall) {
        this.mall = mall;
    }

    /** Throws an {@link java.net.SocketTimeoutException} when the answer takes too long. */
    RawAnswer send(RawRequest request) throws IOException {
        var wasOpen = connection != null;
        try {
            return exchange(request);
        } catch (EOFException closedMeanwhile) {
            close();
            if (!wasOpen) {
                throw closedMeanwhile;
            }
            return exchange(request);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private RawAnswer exchange(RawRequest request) throws IOException {
        open();
        write(bytes(request));
        var answer = read(request);
        if (answer.header("connection").equalsIgnoreCase("close")
                || answer.header("content-type").startsWith("text/event-stream")) {
            close();
        }
        return answer;
    }

    private void open() throws IOException {
        if (connection == null) {
            connection = new Socket(mall.getHost(), mall.getPort());
            connection.setSoTimeout(PATIENCE_MILLIS);
            connection.setTcpNoDelay(true);
            in = new BufferedInputStream(connection.getInputStream());
        }
    }

    private void write(byte[] bytes) throws IOException {
        try {
            connection.getOutputStream().write(bytes);
        } catch (SocketException hungUp) {
            // It has heard enough; what it has to say may have come already.
        }
    }

    private byte[] bytes(RawRequest request) {
        var head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(mall.getAuthority()).append("\r\n");
        request.headers().forEach(header -> head.append(header).append("\r\n"));
        if (request.body() != null) {
            head.append("Content-Length: ").append(request.body().length).append("\r\n");
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
        bytes.writeBytes(request.body() == null ? new byte[0] : request.body());
        return bytes.toByteArray();
    }

    private RawAnswer read(RawRequest request) throws IOException {
        var status = Integer.parseInt(line().split(" ", 3)[1]);
        var headers = headers();
        return new RawAnswer(status, headers, hasBody(request, status, headers) ? body(headers) : new byte[0]);
    }

    private Map<String, String> headers() throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            var colon = line.indexOf(':');
            var name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.put(name, line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static boolean hasBody(RawRequest request, int status, Map<String, String> headers) {
        // Events come for as long as somebody listens.
        return !request.method().equals("HEAD")
                && status != 204
                && !headers.getOrDefault("content-type", "").startsWith("text/event-stream");
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return exactly(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        }
        var body = new ByteArrayOutputStream();
        for (var size = chunkSize(); size > 0; size = chunkSize()) {
            body.writeBytes(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private byte[] exactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer ends after %d of %d bytes.".formatted(bytes.length, length));
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was closed.");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1).stripTrailing();
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}
