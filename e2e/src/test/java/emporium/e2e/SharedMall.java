package emporium.e2e;

import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * {@code @ExtendWith(SharedMall.class)}: one running mall for all test classes. REST Assured speaks to it, a test that
 * takes a {@link RunningMall} as a parameter gets it, and a test that fails prints its logs. With
 * {@link SharedServices} it is a mall in the other form; only one runs at a time.
 */
class SharedMall implements BeforeAllCallback, ParameterResolver, TestWatcher {

    private static RunningMall mall;

    private final List<String> options;
    private final Map<String, String> environment;

    SharedMall() {
        this(List.of(), Map.of());
    }

    SharedMall(List<String> options, Map<String, String> environment) {
        this.options = options;
        this.environment = environment;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        RestAssured.baseURI = "http://localhost";
        RestAssured.port = mall(options, environment).port();
    }

    /** Whatever the test before has done to it, the next one finds it ready. */
    private static synchronized RunningMall mall(List<String> options, Map<String, String> environment) {
        if (mall != null && !mall.isStartedWith(environment, options)) {
            mall.stop();
            mall = null;
        }
        if (mall == null) {
            mall = RunningMall.start(environment, options);
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
        return mall(options, environment);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.err.println(context.getDisplayName() + " failed.\n" + mall.logs());
    }
}
