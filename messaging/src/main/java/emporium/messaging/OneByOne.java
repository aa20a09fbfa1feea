package emporium.messaging;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Hands the messages of a batch to a handler one after the other, each in its own {@link MessageContext}. */
record OneByOne<M>(Class<M> family, Consumer<? super List<M>> prefetch, Function<? super M, ?> handler)
        implements Endpoint.BatchHandler {

    @Override
    public List<?> handle(List<Received<Object>> batch) {
        prefetch.accept(
                batch.stream().map(message -> family.cast(message.body())).toList());
        return batch.stream().map(this::handleOne).toList();
    }

    private Object handleOne(Received<Object> message) {
        return MessageContext.of(message.envelope()).call(() -> handler.apply(family.cast(message.body())));
    }
}
