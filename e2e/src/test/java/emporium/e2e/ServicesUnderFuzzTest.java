package emporium.e2e;

import emporium.mall.stories.FuzzStories;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Through the gateway, to a process for each service; after the other tests of this form, by its name: it leaves a strange mall. */
@ExtendWith(SharedServices.class)
class ServicesUnderFuzzTest extends FuzzStories {

    private Mall mall;

    @BeforeEach
    void take(Mall mall) {
        this.mall = mall;
    }

    @Override
    protected URI mall() {
        return mall.uri();
    }

    @Override
    protected List<Connection> databases() throws SQLException {
        return mall.databases();
    }
}
