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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** Products, their prices and what has happened to them. */
@Path("/api/products")
@RunOnVirtualThread
class ProductResource {

    static final int MAX_DESCRIPTION = 4000;

    private final Products products;
    private final Catalog catalog;
    private final StoresEvents events;
    private final Idempotency idempotency;

    ProductResource(Products products, Catalog catalog, StoresEvents events, Idempotency idempotency) {
        this.products = products;
        this.catalog = catalog;
        this.events = events;
        this.idempotency = idempotency;
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

    @GET
    @Path("/{id}")
    public ProductView get(UUID id, @QueryParam("at") Instant at) {
        var product = at == null ? catalog.product(id) : events.findAt(Product.TYPE, id, at);
        return product.filter(found -> !found.state().removed())
                .map(ProductView::of)
                .orElseThrow(() -> at == null ? Products.unknown(id) : Products.unknownAt(id, at));
    }

    @PUT
    @Path("/{id}/name")
    @Transactional
    public ProductView rename(UUID id, @NotNull @Valid NewName change) {
        return ProductView.of(products.change(id, change::of, change.reason()));
    }

    @POST
    @APIResponseSchema(value = ProductView.class, responseCode = "200")
    @Path("/{id}/price-increases")
    public Response raisePrice(UUID id, @HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewPrice change) {
        return changePrice(id, key, change, product -> product.raisePrice(change.price()));
    }

    @POST
    @APIResponseSchema(value = ProductView.class, responseCode = "200")
    @Path("/{id}/price-decreases")
    public Response lowerPrice(UUID id, @HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewPrice change) {
        return changePrice(id, key, change, product -> product.lowerPrice(change.price()));
    }

    @DELETE
    @Path("/{id}")
    @Transactional
    public void remove(UUID id, @QueryParam("reason") @Size(max = StoreResource.MAX_REASON) String reason) {
        products.change(id, Product::remove, reason);
    }

    /** Readable for ever, also of a product that is removed. */
    @GET
    @Path("/{id}/history")
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
}
