package emporium.messaging;

import java.util.List;
import java.util.function.Consumer;

/** Hands a batch to its handler as it is. */
record WholeBatch<M>(Class<M> family, Consumer<List<Received<M>>> handler) implements Endpoint.BatchHandler {

    @Override
    public List<?> handle(List<Received<Object>> batch) {
        handler.accept(batch.stream().map(this::typed).toList());
        return List.of();
    }

    private Received<M> typed(Received<Object> message) {
        return new Received<>(family.cast(message.body()), message.envelope());
    }
}
