package emporium.mall;

import emporium.mall.stories.FuzzStories;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

@QuarkusTest
class MallFuzzTest extends FuzzStories {

    @Inject
    AgroalDataSource database;

    @TestHTTPResource("/")
    URI mall;

    @Override
    protected URI mall() {
        return mall;
    }

    @Override
    protected List<Connection> databases() throws SQLException {
        return List.of(database.getConnection());
    }
}
