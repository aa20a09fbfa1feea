package emporium.orchestrator;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.contracts.Reply;
import emporium.contracts.WireTypes;
import emporium.contracts.customers.CustomersCommand;
import emporium.contracts.customers.CustomersReply;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.DepotReply;
import emporium.contracts.ordering.OrderCancelRequested;
import emporium.contracts.ordering.OrderChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.OrderingEvent;
import emporium.contracts.ordering.OrderingReply;
import emporium.contracts.payments.PaymentsCommand;
import emporium.contracts.payments.PaymentsReply;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.messaging.Received;
import emporium.saga.SagaQueries;
import emporium.saga.SagaRunner;
import emporium.saga.SagaTables;
import emporium.saga.SagaTablesFailed;
import emporium.saga.Sagas;
import emporium.saga.Start;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** The mall's sagas at work: begins them as events tell, and hands them the replies. */
@Singleton
class Orchestration {

    static final Map<String, Class<?>> WIRE = WireTypes.of(
            OrderingEvent.class,
            OrderingCommand.class,
            OrderingReply.class,
            CustomersCommand.class,
            CustomersReply.class,
            DepotCommand.class,
            DepotReply.class,
            PaymentsCommand.class,
            PaymentsReply.class);

    private static final Logger LOG = Logger.getLogger(Orchestration.class);

    private final SagaRunner runner;
    private final SagaQueries queries;

    Orchestration(DataSource database, ObjectMapper json, @OwnedBy("orchestrator") Outbox outbox, InstantSource clock) {
        var tables = new SagaTables(database, "orchestrator", json);
        var sagas = Sagas.of(WIRE, CreateOrder::refusal, CreateOrder.DEFINITION);
        runner = new SagaRunner(sagas, tables, outbox, clock);
        queries = new SagaQueries(tables);
    }

    SagaQueries queries() {
        return queries;
    }

    void events(List<Received<OrderingEvent>> events) {
        var starts = events.stream().flatMap(Orchestration::start).toList();
        runner.start(CreateOrder.DEFINITION, starts);
    }

    void replies(List<Received<Reply>> replies) {
        runner.handle(replies);
    }

    /** A program that has lost a definition which sagas in flight need does not start. */
    void check(@Observes StartupEvent start) {
        try {
            runner.checkStoredSagas();
        } catch (SagaTablesFailed e) {
            LOG.warnf("the stored sagas could not be checked against their definitions: %s", e.getMessage());
        }
    }

    private static Stream<Start<OrderDraft>> start(Received<OrderingEvent> event) {
        return switch (event.body()) {
            case OrderCreated placed -> Stream.of(Start.because(event, placed.order(), OrderDraft.of(placed)));
            case OrderChanged _, OrderCancelRequested _ -> Stream.empty();
        };
    }
}
