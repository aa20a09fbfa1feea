package emporium.orchestrator;

import emporium.contracts.Command;
import emporium.contracts.Reply;
import emporium.contracts.customers.AuthorizeCustomer;
import emporium.contracts.customers.CustomerAuthorized;
import emporium.contracts.customers.CustomersCommand;
import emporium.contracts.depot.CancelShoppingList;
import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.DepotCommand;
import emporium.contracts.depot.InitiateShopping;
import emporium.contracts.depot.ShoppingInitiated;
import emporium.contracts.depot.ShoppingListCancelled;
import emporium.contracts.depot.ShoppingListCreated;
import emporium.contracts.orchestrator.SagaEnded;
import emporium.contracts.ordering.ApproveOrder;
import emporium.contracts.ordering.CancelOrder;
import emporium.contracts.ordering.OrderApproved;
import emporium.contracts.ordering.OrderCancelRequested;
import emporium.contracts.ordering.OrderCancelled;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderRejected;
import emporium.contracts.ordering.OrderingCommand;
import emporium.contracts.ordering.RejectOrder;
import emporium.contracts.payments.ConfirmPayment;
import emporium.contracts.payments.PaymentConfirmed;
import emporium.contracts.payments.PaymentReleased;
import emporium.contracts.payments.PaymentReturned;
import emporium.contracts.payments.PaymentsCommand;
import emporium.contracts.payments.ReleasePayment;
import emporium.contracts.payments.ReturnPayment;
import emporium.messaging.Endpoint;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The services that create-order speaks with: they agree to everything but what a test has told them to refuse. */
@Singleton
class Participants {

    static final UUID LIST = new UUID(0, 7);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<Command, Reply> refusals = new ConcurrentHashMap<>();
    private final Map<Command, CountDownLatch> held = new ConcurrentHashMap<>();
    private final List<SagaEnded> ends = new CopyOnWriteArrayList<>();
    private final List<Command> heard = new CopyOnWriteArrayList<>();
    private final Outbox ordering;

    Participants(@OwnedBy("ordering") Outbox ordering) {
        this.ordering = ordering;
    }

    @Produces
    @Singleton
    @OwnedBy("customers")
    static Endpoint customers(Participants participants) {
        return answering("customers", CustomersCommand.class, participants);
    }

    @Produces
    @Singleton
    @OwnedBy("depot")
    static Endpoint depot(Participants participants) {
        return answering("depot", DepotCommand.class, participants);
    }

    @Produces
    @Singleton
    @OwnedBy("payments")
    static Endpoint payments(Participants participants) {
        return answering("payments", PaymentsCommand.class, participants);
    }

    @Produces
    @Singleton
    @OwnedBy("ordering")
    static Endpoint ordering(Participants participants) {
        return Endpoint.named("ordering")
                .wire(Orchestration.WIRE)
                .commands(OrderingCommand.class, participants::handle)
                .events("orchestrator", SagaEnded.class, participants.ends::add)
                .build();
    }

    void place(OrderCreated order) {
        QuarkusTransaction.requiringNew().run(() -> ordering.publish(order.order(), order));
    }

    void wantsCancelled(OrderCancelRequested cancel) {
        QuarkusTransaction.requiringNew().run(() -> ordering.publish(cancel.order(), cancel));
    }

    /** The participant has heard this command, and does not answer before it is let go. */
    void hold(Command command) {
        held.put(command, new CountDownLatch(1));
    }

    void letAllGo() {
        held.values().forEach(CountDownLatch::countDown);
        held.clear();
    }

    void letGo(Command command) {
        held.remove(command).countDown();
    }

    void agreeTo(Command command) {
        refusals.remove(command);
    }

    List<SagaEnded> ends(UUID order) {
        return ends.stream().filter(end -> end.order().equals(order)).toList();
    }

    void refuse(Command command, Reply refusal) {
        refusals.put(command, refusal);
    }

    boolean heard(Command command) {
        return heard.contains(command);
    }

    long heard(Class<? extends Command> type, UUID order) {
        return heard.stream()
                .filter(type::isInstance)
                .filter(command -> command.toString().contains(order.toString()))
                .count();
    }

    private Reply handle(Command command) {
        heard.add(command);
        await(held.get(command));
        var refusal = refusals.get(command);
        return refusal == null ? agree(command) : refusal;
    }

    private static void await(CountDownLatch latch) {
        try {
            if (latch != null && !latch.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody has let it go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reply agree(Command command) {
        return switch (command) {
            case CustomersCommand c -> agreeAsCustomers(c);
            case DepotCommand c -> agreeAsDepot(c);
            case PaymentsCommand c -> agreeAsPayments(c);
            case OrderingCommand c -> agreeAsOrdering(c);
            default -> throw new IllegalArgumentException("who answers " + command + "?");
        };
    }

    private static Reply agreeAsCustomers(CustomersCommand command) {
        return switch (command) {
            case AuthorizeCustomer c -> new CustomerAuthorized(c.customer());
        };
    }

    private static Reply agreeAsDepot(DepotCommand command) {
        return switch (command) {
            case CreateShoppingList c -> new ShoppingListCreated(c.order(), LIST);
            case CancelShoppingList c -> new ShoppingListCancelled(c.order());
            case InitiateShopping c -> new ShoppingInitiated(c.order());
        };
    }

    private static Reply agreeAsPayments(PaymentsCommand command) {
        return switch (command) {
            case ConfirmPayment c -> new PaymentConfirmed(c.order(), c.payment());
            case ReleasePayment c -> new PaymentReleased(c.order(), c.payment());
            case ReturnPayment c -> new PaymentReturned(c.order(), c.payment());
        };
    }

    private static Reply agreeAsOrdering(OrderingCommand command) {
        return switch (command) {
            case ApproveOrder c -> new OrderApproved(c.order());
            case RejectOrder c -> new OrderRejected(c.order());
            case CancelOrder c -> new OrderCancelled(c.order());
        };
    }

    private static <C extends Command> Endpoint answering(String name, Class<C> family, Participants participants) {
        return Endpoint.named(name)
                .wire(Orchestration.WIRE)
                .commands(family, participants::handle)
                .build();
    }
}
