package emporium.stores;

import emporium.contracts.Money;
import emporium.eventsourcing.Loaded;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A product in the read model <em>catalog</em>. */
@Entity(name = "StoresCatalogRow")
@Table(schema = "stores", name = "catalog")
class CatalogRow {

    @Id
    private UUID id;

    private long version;

    @Column(name = "store_id")
    private UUID store;

    private String name;
    private String description;
    private String sku;
    private long amount;
    private String currency;

    protected CatalogRow() {}

    CatalogRow(UUID id) {
        this.id = id;
    }

    Loaded<Product> product() {
        return new Loaded<>(id, version, state());
    }

    /** Null before the product is added. */
    Product state() {
        return version == 0 ? null : new Product(store, name, description, sku, new Money(amount, currency), false);
    }

    void become(Product product, long newVersion) {
        version = newVersion;
        store = product.store();
        name = product.name();
        description = product.description();
        sku = product.sku();
        amount = product.price().amount();
        currency = product.price().currency();
    }
}
