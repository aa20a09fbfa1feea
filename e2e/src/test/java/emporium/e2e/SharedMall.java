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
 * takes a {@link Mall} as a parameter gets it, or a {@link RunningMall} if it needs the processes, and a test that fails
 * prints its logs. With {@link SharedServices} it is a mall in the other form; only one runs at a time.
 */
class SharedMall implements BeforeAllCallback, ParameterResolver, TestWatcher {

    private record Form(List<String> options, Map<String, String> environment) {}

    private static Mall mall;
    private static Form runs;

    private final Form form;

    SharedMall() {
        this(List.of(), Map.of());
    }

    SharedMall(List<String> options, Map<String, String> environment) {
        this.form = new Form(options, environment);
    }

    Mall start() {
        return RunningMall.start(form.environment(), form.options());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        RestAssured.baseURI = "http://localhost";
        RestAssured.port = mall().port();
    }

    /** Whatever the test before has done to it, the next one finds it ready. */
    private Mall mall() {
        synchronized (SharedMall.class) {
            if (mall != null && !form.equals(runs)) {
                mall.stop();
                mall = null;
            }
            if (mall == null) {
                mall = start();
                runs = form;
            }
            mall.awaitReady();
            return mall;
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Mall.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public Mall resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return mall();
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.err.println(context.getDisplayName() + " failed.\n" + mall.logs());
    }
}
