package emporium.mall;

import emporium.mall.stories.BadInputStories;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;

@QuarkusTest
class MallBadInputTest extends BadInputStories {

    @Inject
    AgroalDataSource database;

    @Override
    protected Connection database() throws SQLException {
        return database.getConnection();
    }
}
