package emporium.saga;

import static emporium.saga.SagaStatus.COMPENSATED;
import static emporium.saga.SagaStatus.COMPLETED;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import emporium.messaging.Endpoint;
import emporium.messaging.MessageContext;
import emporium.messaging.MessageIds;
import emporium.messaging.Outbox;
import emporium.messaging.OwnedBy;
import emporium.saga.LendBookTest.LibraryReply.CopyReserved;
import emporium.saga.LendBookTest.LibraryReply.Done;
import emporium.saga.LendBookTest.LibraryReply.Refused;
import emporium.saga.testing.Dialogue;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The example of the README: its code is the code here, and it runs over real servers. */
@QuarkusTest
class LendBookTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    record Loan(UUID id, String reader, String shelf) {

        static final Saga<Loan> DEFINITION = Saga.named("lend-book", Loan.class)
                .step("copy", s -> s.send(Loan::reserveCopy)
                        .onReply(CopyReserved.class, Loan::onShelf)
                        .compensate(Loan::returnCopy))
                .step("reader", s -> s.send(Loan::checkReader).deadline(SOON).pivot())
                .step("desk", s -> s.send(Loan::handOver).deadline(SOON));

        Loan onShelf(CopyReserved reserved) {
            return new Loan(id, reader, reserved.shelf());
        }

        ReserveCopy reserveCopy() {
            return new ReserveCopy(id);
        }

        ReturnCopy returnCopy() {
            return new ReturnCopy(id);
        }

        CheckReader checkReader() {
            return new CheckReader(reader);
        }

        HandOver handOver() {
            return new HandOver(shelf, reader);
        }
    }

    sealed interface LibraryCommand {}

    record ReserveCopy(UUID loan) implements LibraryCommand {}

    record ReturnCopy(UUID loan) implements LibraryCommand {}

    record CheckReader(String reader) implements LibraryCommand {}

    record HandOver(String shelf, String reader) implements LibraryCommand {}

    sealed interface LibraryReply {

        record CopyReserved(String shelf) implements LibraryReply {}

        record Done() implements LibraryReply {}

        record Refused(String reason) implements LibraryReply {}
    }

    private static final Map<String, Class<?>> WIRE = Map.of(
            "library.ReserveCopy.v1", ReserveCopy.class,
            "library.ReturnCopy.v1", ReturnCopy.class,
            "library.CheckReader.v1", CheckReader.class,
            "library.HandOver.v1", HandOver.class,
            "library.CopyReserved.v1", CopyReserved.class,
            "library.Done.v1", Done.class,
            "library.Refused.v1", Refused.class);

    static Optional<String> refusal(Object reply) {
        return reply instanceof Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    @Singleton
    static class Lending {

        final SagaRunner runner;
        final SagaQueries queries;
        final SagaLoop loop;

        Lending(
                DataSource database,
                ObjectMapper json,
                @OwnedBy("lending") Outbox outbox,
                InstantSource clock,
                SagaReport report) {
            var tables = new SagaTables(database, "lending", json);
            var sagas = Sagas.of(WIRE, LendBookTest::refusal, Loan.DEFINITION);
            runner = new SagaRunner(sagas, tables, outbox, clock, report);
            queries = new SagaQueries(tables);
            loop = new SagaLoop(runner, tables, clock, Duration.ofMillis(250), Duration.ofDays(90));
        }

        void start(@Observes StartupEvent event) {
            runner.checkStoredSagas();
            loop.start();
        }

        void stop(@Observes ShutdownEvent event) {
            loop.close();
        }

        @Produces
        @Singleton
        @OwnedBy("lending")
        static Endpoint endpoint(Lending lending) {
            return Endpoint.named("lending")
                    .wire(WIRE)
                    .migrations("db/saga")
                    .replyBatches(LibraryReply.class, lending.runner::handle)
                    .build();
        }
    }

    @Singleton
    static class Library {

        @Produces
        @Singleton
        @OwnedBy("library")
        static Endpoint endpoint() {
            return Endpoint.named("library")
                    .wire(WIRE)
                    .commands(LibraryCommand.class, Library::handle)
                    .build();
        }

        static LibraryReply handle(LibraryCommand command) {
            return switch (command) {
                case ReserveCopy _ -> new CopyReserved("B 12");
                case CheckReader check when check.reader().equals("Moriarty") -> new Refused("owes us a book");
                case CheckReader _, HandOver _, ReturnCopy _ -> new Done();
            };
        }
    }

    @Inject
    Lending lending;

    @Inject
    MessageIds ids;

    @Test
    void a_reader_who_owes_a_book_gets_none() {
        var loan = ids.next();
        Dialogue.play(Loan.DEFINITION, new Loan(loan, "Moriarty", null), LendBookTest::refusal)
                .asks(new ReserveCopy(loan), new CopyReserved("B 12"))
                .asks(new CheckReader("Moriarty"), new Refused("owes us a book"))
                .asks(new ReturnCopy(loan), new Done())
                .ends(COMPENSATED);
    }

    @Test
    void a_desk_that_is_slow_is_asked_again() {
        var loan = ids.next();
        Dialogue.play(Loan.DEFINITION, new Loan(loan, "Ann", null), LendBookTest::refusal)
                .asks(new ReserveCopy(loan), new CopyReserved("B 12"))
                .asks(new CheckReader("Ann"), new Done())
                .asks(new HandOver("B 12", "Ann"))
                .after(SOON)
                .asks(new HandOver("B 12", "Ann"), new Done())
                .ends(COMPLETED);
    }

    @Test
    void loans_end_over_real_servers_as_the_dialogue_says() {
        var ann = lend("Ann");
        var moriarty = lend("Moriarty");
        await().until(() -> status(ann) == COMPLETED && status(moriarty) == COMPENSATED);
        assertEquals(
                List.of("SENT", "SUCCEEDED", "SENT", "REFUSED", "SENT", "SUCCEEDED"),
                lending.queries.history(SagaRunner.idOf(Loan.DEFINITION, moriarty)).stream()
                        .filter(told -> told.step() != null)
                        .map(told -> told.outcome().name())
                        .toList());
    }

    @Test
    void many_loans_at_once_all_end() {
        var loans = IntStream.range(0, 200).mapToObj(i -> lend("Reader " + i)).toList();
        await().until(() -> loans.stream().allMatch(loan -> status(loan) == COMPLETED));
    }

    @Test
    void the_code_of_the_readme_is_the_code_of_this_test() throws IOException {
        var source = withoutSpace(Files.readString(Path.of("src/test/java/emporium/saga/LendBookTest.java")));
        var blocks = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(block -> withoutSpace(block.group(1)))
                .toList();
        assertEquals(6, blocks.size());
        blocks.forEach(block -> assertTrue(source.contains(block), block));
    }

    private UUID lend(String reader) {
        var loan = ids.next();
        QuarkusTransaction.requiringNew().run(() -> {
            var start = new Start<>(loan, new Loan(loan, reader, null), MessageContext.current());
            lending.runner.start(Loan.DEFINITION, List.of(start));
        });
        return loan;
    }

    private SagaStatus status(UUID loan) {
        return lending.queries
                .find(SagaRunner.idOf(Loan.DEFINITION, loan))
                .orElseThrow()
                .status();
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
