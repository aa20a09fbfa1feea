package emporium.e2e;

import emporium.mall.stories.BadInputStories;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same stories through the gateway, which must not make of a refusal something else. */
@ExtendWith(SharedServices.class)
class ServicesBadInputTest extends BadInputStories {

    private Mall mall;

    @BeforeEach
    void take(Mall mall) {
        this.mall = mall;
    }

    @Override
    protected List<Connection> databases() throws SQLException {
        return mall.databases();
    }
}
