package emporium.stores;

import emporium.contracts.Money;
import emporium.rest.Answer;
import emporium.rest.Idempotency;
import emporium.rest.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Products, their prices and what has happened to them. */
@Path("/api")
@RunOnVirtualThread
class ProductResource {

    static final int MAX_DESCRIPTION = 4000;
    static final int MAX_SKU = 64;

    private final Products products;
    private final Mall mall;
    private final Catalog catalog;
    private final StoresEvents events;
    private final Idempotency idempotency;

    ProductResource(Products products, Mall mall, Catalog catalog, StoresEvents events, Idempotency idempotency) {
        this.products = products;
        this.mall = mall;
        this.catalog = catalog;
        this.events = events;
        this.idempotency = idempotency;
    }

    record NewProduct(
            @NotBlank @Size(max = StoreResource.MAX_NAME) String name,
            @Size(max = MAX_DESCRIPTION) String description,
            @NotBlank @Size(max = MAX_SKU) String sku,
            @NotNull @Price Money price,
            @Size(max = StoreResource.MAX_REASON) String reason) {

        private List<ProductEvent> addedTo(UUID store) {
            return Product.add(store, name, description == null ? "" : description, sku, price);
        }
    }

    /** A description that is left out stays as it is. */
    record NewName(
            @NotBlank @Size(max = StoreResource.MAX_NAME) String name,
            @Size(max = MAX_DESCRIPTION) String description,
            @Size(max = StoreResource.MAX_REASON) String reason) {

        private List<ProductEvent> of(Product product) {
            return product.rename(name, description == null ? product.description() : description);
        }
    }

    record NewPrice(
            @NotNull @Price Money price,
            @Size(max = StoreResource.MAX_REASON) String reason) {}

    @POST
    @Path("/stores/{store}/products")
    public Response add(UUID store, @HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewProduct product) {
        return idempotency.once("stores", key, product, () -> {
            requireStore(store);
            var added = products.add(store, product.sku(), product.addedTo(store), product.reason());
            return Answer.created("/api/products/" + added.id(), ProductView.of(added));
        });
    }

    @GET
    @Path("/stores/{store}/products")
    public Page<ProductView> list(
            UUID store,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        requireStore(store);
        var rows = catalog.after(StoreResource.firstOf(cursor), store, Page.limit(limit) + 1);
        return Page.of(rows.stream().map(ProductView::of).toList(), limit, ProductView::id);
    }

    @GET
    @Path("/products/{id}")
    public ProductView get(UUID id, @QueryParam("at") Instant at) {
        var product = at == null ? catalog.product(id) : events.findAt(Product.TYPE, id, at);
        return product.filter(found -> !found.state().removed())
                .map(ProductView::of)
                .orElseThrow(() -> at == null ? Products.unknown(id) : Products.unknownAt(id, at));
    }

    @PUT
    @Path("/products/{id}/name")
    @Transactional
    public ProductView rename(UUID id, @NotNull @Valid NewName change) {
        return ProductView.of(products.change(id, change::of, change.reason()));
    }

    @POST
    @Path("/products/{id}/price-increases")
    public Response raisePrice(UUID id, @HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewPrice change) {
        return changePrice(id, key, change, product -> product.raisePrice(change.price()));
    }

    @POST
    @Path("/products/{id}/price-decreases")
    public Response lowerPrice(UUID id, @HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewPrice change) {
        return changePrice(id, key, change, product -> product.lowerPrice(change.price()));
    }

    @DELETE
    @Path("/products/{id}")
    @Transactional
    public void remove(UUID id, @QueryParam("reason") @Size(max = StoreResource.MAX_REASON) String reason) {
        products.change(id, Product::remove, reason);
    }

    /** Readable for ever, also of a product that is removed. */
    @GET
    @Path("/products/{id}/history")
    public Page<ChangeView> history(
            UUID id,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        events.find(Product.TYPE, id).orElseThrow(() -> Products.unknown(id));
        return ChangeView.page(
                events.history(Product.TYPE, id, ChangeView.after(cursor), Page.limit(limit) + 1), limit);
    }

    private Response changePrice(UUID id, String key, NewPrice change, Function<Product, List<ProductEvent>> decision) {
        return idempotency.once(
                "stores", key, change, () -> Answer.ok(ProductView.of(products.change(id, decision, change.reason()))));
    }

    private void requireStore(UUID store) {
        mall.store(store).orElseThrow(() -> Stores.unknown(store));
    }
}
