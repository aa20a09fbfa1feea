package emporium.e2e;

import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * {@code @ExtendWith(SharedMall.class)}: one running mall for all test classes. REST Assured speaks to it, a test that
 * takes a {@link RunningMall} as a parameter gets it, and a test that fails prints its logs. With
 * {@link SharedServices} it is a mall in the other form; only one of the two runs at a time.
 */
class SharedMall implements BeforeAllCallback, ParameterResolver, TestWatcher {

    private static RunningMall mall;

    private final List<String> options;

    SharedMall() {
        this(List.of());
    }

    SharedMall(List<String> options) {
        this.options = options;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        RestAssured.baseURI = "http://localhost";
        RestAssured.port = mall(options).port();
    }

    /** Whatever the test before has done to it, the next one finds it ready. */
    private static synchronized RunningMall mall(List<String> options) {
        if (mall != null && !mall.options().equals(options)) {
            mall.stop();
            mall = null;
        }
        if (mall == null) {
            mall = RunningMall.start(options.toArray(String[]::new));
        }
        mall.awaitReady();
        return mall;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningMall.class;
    }

    @Override
    public RunningMall resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return mall(options);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.err.println(context.getDisplayName() + " failed.\n" + mall.logs());
    }
}
