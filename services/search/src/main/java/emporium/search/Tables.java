package emporium.search;

import java.util.List;

/** The tables of one generation, by name. */
record Tables(int generation) {
    static final List<String> NAMES = List.of("orders", "order_store", "order_product");

    String orders() {
        return "search.orders_" + generation;
    }

    String stores() {
        return "search.order_store_" + generation;
    }

    String products() {
        return "search.order_product_" + generation;
    }
}
