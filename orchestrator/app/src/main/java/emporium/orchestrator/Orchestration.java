package emporium.orchestrator;

import static java.util.stream.Collectors.toMap;

import emporium.contracts.Reply;
import emporium.contracts.WireTypes;
import emporium.contracts.customers.CustomersCommand;
import emporium.contracts.customers.CustomersReply;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.DepotReply;
import emporium.contracts.orchestrator.OrchestratorEvent;
import emporium.contracts.orchestrator.SagaEnded;
import emporium.contracts.orchestrator.SagaOutcome;
import emporium.contracts.ordering.OrderCancelRequested;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.OrderingEvent;
import emporium.contracts.ordering.OrderingReply;
import emporium.contracts.payments.PaymentsCommand;
import emporium.contracts.payments.PaymentsReply;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import emporium.saga.Cancel;
import emporium.saga.Ended;
import emporium.saga.Saga;
import emporium.saga.SagaReport;
import emporium.saga.SagaRunner;
import emporium.saga.SagaTables;
import emporium.saga.Sagas;
import emporium.saga.Start;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** The mall's sagas at work: begins, cancels and follows them as events tell, and hands them the replies. */
@Singleton
class Orchestration {

    static final Map<String, Class<?>> WIRE = WireTypes.of(
            OrchestratorEvent.class,
            OrderingEvent.class,
            OrderingCommand.class,
            OrderingReply.class,
            CustomersCommand.class,
            CustomersReply.class,
            DepotCommand.class,
            DepotReply.class,
            PaymentsCommand.class,
            PaymentsReply.class);

    private final Saga<OrderDraft> createOrder;
    private final Saga<CancelDraft> cancelOrder;
    private final SagaRunner runner;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Duration retention;

    Orchestration(
            SagaTables tables,
            SagaReport report,
            @OwnedBy("orchestrator") Outbox outbox,
            InstantSource clock,
            OrchestratorConfig config) {
        createOrder = configured(CreateOrder.DEFINITION, config);
        cancelOrder = configured(CancelOrderSaga.DEFINITION, config);
        var former = configured(CreateOrder.V1, config);
        var sagas = Sagas.of(WIRE, CreateOrder::refusal, createOrder, former, cancelOrder);
        runner = new SagaRunner(sagas, tables, outbox, clock, report).whenEnded(this::follow);
        retention = config.retention();
        this.outbox = outbox;
        this.clock = clock;
    }

    SagaRunner runner() {
        return runner;
    }

    void events(List<Received<OrderingEvent>> events) {
        runner.start(createOrder, events.stream().flatMap(Orchestration::placed).toList());
        cancel(events.stream()
                .filter(event -> event.body() instanceof OrderCancelRequested)
                .collect(toMap(event -> orderOf(event), Function.identity(), (first, _) -> first)));
    }

    void replies(List<Received<Reply>> replies) {
        runner.handle(replies);
    }

    /** Before its pivot create-order turns round; past it, cancel-order follows its end; when it is over, at once. */
    private void cancel(Map<UUID, Received<OrderingEvent>> requests) {
        var outcome = runner.cancel(
                createOrder,
                requests.entrySet().stream()
                        .map(request -> Cancel.because(
                                request.getValue(),
                                request.getKey(),
                                requested(request.getValue()).reason()))
                        .toList());
        outcome.unknown().forEach(this::checkForgotten);
        runner.start(
                cancelOrder,
                Stream.concat(outcome.ended().stream(), outcome.unknown().stream())
                        .map(order -> cancelOf(requests.get(order)))
                        .toList());
    }

    /** A cancel that has overtaken the order it cancels is tried again; one of an order long approved is not. */
    private void checkForgotten(UUID order) {
        if (MessageIds.timeOf(order).isAfter(clock.instant().minus(retention))) {
            throw new IllegalStateException("the order " + order + " is to be cancelled, but its saga is not known");
        }
    }

    private void follow(List<Ended> ended) {
        ended.forEach(this::publish);
        runner.start(
                cancelOrder,
                ended.stream()
                        .filter(end -> end.cancelled() != null && end.draft() instanceof OrderDraft)
                        .map(Orchestration::cancelAfter)
                        .toList());
    }

    private void publish(Ended ended) {
        var event = new SagaEnded(
                ended.saga(),
                ended.definition(),
                ended.version(),
                ended.businessKey(),
                SagaOutcome.valueOf(ended.status().name()),
                ended.at());
        ended.context().call(() -> outbox.publish(ended.businessKey(), event));
    }

    private static Start<CancelDraft> cancelAfter(Ended ended) {
        var order = (OrderDraft) ended.draft();
        var draft = new CancelDraft(order.order(), order.payment(), ended.cancelled());
        return new Start<>(order.order(), draft, ended.context());
    }

    private static Start<CancelDraft> cancelOf(Received<OrderingEvent> event) {
        var cancel = requested(event);
        return Start.because(event, cancel.order(), new CancelDraft(cancel.order(), cancel.payment(), cancel.reason()));
    }

    private static Stream<Start<OrderDraft>> placed(Received<OrderingEvent> event) {
        return switch (event.body()) {
            case OrderCreated placed -> Stream.of(Start.because(event, placed.order(), OrderDraft.of(placed)));
            case OrderChanged _, OrderCancelRequested _ -> Stream.empty();
        };
    }

    private static UUID orderOf(Received<OrderingEvent> request) {
        return requested(request).order();
    }

    private static OrderCancelRequested requested(Received<OrderingEvent> event) {
        return (OrderCancelRequested) event.body();
    }

    private static <D> Saga<D> configured(Saga<D> saga, OrchestratorConfig config) {
        return saga.withDeadlines(config.deadlines().getOrDefault(saga.name(), Map.of()));
    }
}
