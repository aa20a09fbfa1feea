package emporium.customers;

import emporium.rest.Problem;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** All customers ever registered. */
@Singleton
class Customers implements PanacheRepositoryBase<Customer, UUID> {

    Customer get(UUID id) {
        return findByIdOptional(id).orElseThrow(() -> Problem.notFound("There is no customer " + id + "."));
    }

    /** Loads these customers by one query: the present transaction finds them without another. */
    void load(List<UUID> ids) {
        getSession().findMultiple(Customer.class, ids);
    }
}
