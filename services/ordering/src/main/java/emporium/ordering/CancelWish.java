package emporium.ordering;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** The body of {@code POST /api/orders/{id}/cancel}. */
record CancelWish(@NotBlank @Size(max = 500) String reason) {}
