package emporium.notifications;

import emporium.contracts.ordering.OrderLine;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import java.util.List;

/** Writes letters from the templates in {@code templates/notifications}; the first line of each is the subject. */
@Singleton
class Letters {

    @CheckedTemplate(basePath = "notifications")
    static final class Texts {
        private Texts() {}

        static native TemplateInstance created(String name, String order, List<String> lines, String total);

        static native TemplateInstance approved(String name, String order, String total);

        static native TemplateInstance rejected(String name, String order, String reason);

        static native TemplateInstance ready(String name, String order, String total);

        static native TemplateInstance completed(String name, String order, String total);

        static native TemplateInstance cancelled(String name, String order, String total, String reason);
    }

    Letter write(Delivery delivery, Addressee addressee) {
        var text = text(delivery.notice(), addressee.name()).render();
        var end = text.indexOf('\n');
        return new Letter(
                delivery.id(), addressee.email(), text.substring(0, end).strip(), text.substring(end + 1));
    }

    private static TemplateInstance text(Notice notice, String name) {
        var order = notice.order().toString();
        var facts = notice.facts();
        var total = facts.total().toString();
        return switch (notice.occasion()) {
            case CREATED ->
                Texts.created(
                        name, order, facts.lines().stream().map(Letters::line).toList(), total);
            case APPROVED -> Texts.approved(name, order, total);
            case REJECTED -> Texts.rejected(name, order, facts.reason());
            case READY -> Texts.ready(name, order, total);
            case COMPLETED -> Texts.completed(name, order, total);
            case CANCELLED -> Texts.cancelled(name, order, total, facts.reason());
        };
    }

    private static String line(OrderLine line) {
        return "%d x %s of %s at %s".formatted(line.quantity(), line.productName(), line.storeName(), line.price());
    }
}
