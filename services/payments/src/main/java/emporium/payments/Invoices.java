package emporium.payments;

import emporium.rest.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The invoices of all orders. */
@Singleton
class Invoices implements PanacheRepositoryBase<Invoice, UUID> {

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    Invoice get(UUID id) {
        return findByIdOptional(id).orElseThrow(() -> unknown(id));
    }

    /** Whose lock guards the invoice; does not load the invoice, which may change until the lock is had. */
    UUID paymentOf(UUID id) {
        return getSession()
                .createSelectionQuery("select paymentId from Invoice where id = :id", UUID.class)
                .setParameter("id", id)
                .uniqueResultOptional()
                .orElseThrow(() -> unknown(id));
    }

    /** In the order of their ids, which is that of time; from the start, or after the last one of a former page. */
    List<Invoice> after(Optional<UUID> last, Optional<UUID> order, int atMost) {
        var from = last.orElse(BEFORE_ALL);
        return order.map(only -> find("orderId = ?1 and id > ?2 order by id", only, from))
                .orElseGet(() -> find("id > ?1 order by id", from))
                .page(0, atMost)
                .list();
    }

    private static Problem unknown(UUID id) {
        return Problem.notFound("There is no invoice " + id + ".");
    }
}
