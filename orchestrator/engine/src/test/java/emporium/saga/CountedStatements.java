package emporium.saga;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source that counts the statements prepared through it. */
final class CountedStatements {

    private final AtomicInteger count = new AtomicInteger();
    private final DataSource real;

    CountedStatements(DataSource real) {
        this.real = real;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, real, (proxy, method, arguments) -> {
            var result = call(real, method, arguments);
            return result instanceof Connection connection ? counted(connection) : result;
        });
    }

    /** How many statements the work has sent. */
    int during(Runnable work) {
        count.set(0);
        work.run();
        return count.get();
    }

    private Connection counted(Connection connection) {
        return proxy(Connection.class, connection, (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement")) {
                count.incrementAndGet();
            }
            return call(connection, method, arguments);
        });
    }

    private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, T target, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
