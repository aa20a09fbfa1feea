package emporium.stores;

import emporium.contracts.Money;
import emporium.rest.Answer;
import emporium.rest.Idempotency;
import emporium.rest.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/** What a store sells. */
@Path("/api/stores/{store}/products")
@RunOnVirtualThread
class AssortmentResource {

    private static final int MAX_SKU = 64;

    private final Products products;
    private final Mall mall;
    private final Catalog catalog;
    private final Idempotency idempotency;

    AssortmentResource(Products products, Mall mall, Catalog catalog, Idempotency idempotency) {
        this.products = products;
        this.mall = mall;
        this.catalog = catalog;
        this.idempotency = idempotency;
    }

    record NewProduct(
            @NotBlank @Size(max = StoreResource.MAX_NAME) String name,
            @Size(max = ProductResource.MAX_DESCRIPTION) String description,
            @NotBlank @Size(max = MAX_SKU) String sku,
            @NotNull @Price Money price,
            @Size(max = StoreResource.MAX_REASON) String reason) {

        private List<ProductEvent> addedTo(UUID store) {
            return Product.add(store, name, description == null ? "" : description, sku, price);
        }
    }

    @POST
    @APIResponseSchema(value = ProductView.class, responseCode = "201")
    public Response add(UUID store, @HeaderParam("Idempotency-Key") String key, @NotNull @Valid NewProduct product) {
        return idempotency.once("stores", key, product, () -> {
            var added = products.add(store, product.sku(), product.addedTo(store), product.reason());
            return Answer.created("/api/products/" + added.id(), ProductView.of(added));
        });
    }

    @GET
    public Page<ProductView> list(
            UUID store,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) int limit) {
        mall.store(store).orElseThrow(() -> Stores.unknown(store));
        var rows = catalog.after(StoreResource.firstOf(cursor), store, Page.limit(limit) + 1);
        return Page.of(rows.stream().map(ProductView::of).toList(), limit, ProductView::id);
    }
}
