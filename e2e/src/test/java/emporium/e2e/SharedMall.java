package emporium.e2e;

import emporium.e2e.RunningMall.Form;
import io.restassured.RestAssured;
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

    private final Form form;

    SharedMall() {
        this(Form.MALL);
    }

    SharedMall(Form form) {
        this.form = form;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        RestAssured.baseURI = "http://localhost";
        RestAssured.port = mall(form).port();
    }

    /** Whatever the test before has done to it, the next one finds it ready. */
    private static synchronized RunningMall mall(Form form) {
        if (mall != null && mall.form() != form) {
            mall.stop();
            mall = null;
        }
        if (mall == null) {
            mall = RunningMall.start(form);
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
        return mall(form);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.err.println(context.getDisplayName() + " failed.\n" + mall.logs());
    }
}
