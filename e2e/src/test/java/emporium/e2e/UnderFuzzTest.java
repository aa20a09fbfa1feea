package emporium.e2e;

import emporium.mall.stories.FuzzStories;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The mall's executable; its module has shown the same in a JVM. Last of its form, by its name: it leaves a strange mall. */
@EnabledIfSystemProperty(named = "emporium.native", matches = "true")
@ExtendWith(SharedMall.class)
class UnderFuzzTest extends FuzzStories {

    private RunningMall mall;

    @BeforeEach
    void take(RunningMall mall) {
        this.mall = mall;
    }

    @Override
    protected URI mall() {
        return mall.uri();
    }

    @Override
    protected List<Connection> databases() throws SQLException {
        return List.of(mall.database());
    }
}
