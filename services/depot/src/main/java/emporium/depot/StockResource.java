package emporium.depot;

import emporium.rest.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.transaction.Transactional;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;

/** What the shelves hold. */
@Path("/api/depot/stock/{productId}")
@RunOnVirtualThread
class StockResource {

    private static final long MOST = 1_000_000_000;

    private final StockRoom stockRoom;

    StockResource(StockRoom stockRoom) {
        this.stockRoom = stockRoom;
    }

    record StockCount(@NotNull @Min(0) @Max(MOST) Long quantity) {}

    record StockView(UUID productId, long quantity, long reserved, long available) {
        private static StockView of(Stock stock) {
            return new StockView(stock.productId(), stock.quantity(), stock.reserved(), stock.available());
        }
    }

    @GET
    public StockView get(UUID productId) {
        return stockRoom
                .findByIdOptional(productId)
                .map(StockView::of)
                .orElseThrow(() -> Problem.notFound("Nobody has counted the stock of product " + productId + "."));
    }

    @PUT
    @Transactional
    public StockView count(UUID productId, @NotNull @Valid StockCount count) {
        var stock = stockRoom.lockOrBegin(productId);
        if (count.quantity() < stock.reserved()) {
            throw Problem.conflict("%d of product %s are reserved, so the shelves cannot hold only %d."
                    .formatted(stock.reserved(), productId, count.quantity()));
        }
        stock.count(count.quantity());
        return StockView.of(stock);
    }
}
