package emporium.payments;

import emporium.rest.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** All payments. */
@Singleton
class Payments implements PanacheRepositoryBase<Payment, UUID> {

    Payment get(UUID id) {
        return findByIdOptional(id).orElseThrow(() -> Problem.notFound("There is no payment " + id + "."));
    }

    /**
     * Locks and loads these payments for the present transaction by one query. By order of id, so that two
     * transactions that lock the same payments wait for each other but never in a circle.
     */
    List<Payment> lock(Collection<UUID> ids) {
        return getSession()
                .createNativeQuery(
                        "select * from payments.payment where id = any(:ids) order by id for update", Payment.class)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
    }
}
