package emporium.mall;

import emporium.mall.stories.BadInputStories;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

@QuarkusTest
class MallBadInputTest extends BadInputStories {

    @Inject
    AgroalDataSource database;

    @Override
    protected List<Connection> databases() throws SQLException {
        return List.of(database.getConnection());
    }
}
