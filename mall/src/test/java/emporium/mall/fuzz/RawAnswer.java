package emporium.mall.fuzz;

import java.util.Map;

/** What came back. @param headers by their names in small letters */
record RawAnswer(int status, Map<String, String> headers, byte[] body) {

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isRefusal() {
        return status >= 400 && status < 500;
    }
}
