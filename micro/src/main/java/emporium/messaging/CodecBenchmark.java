package emporium.messaging;

import emporium.contracts.depot.CreateShoppingList;
import emporium.contracts.depot.Line;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The largest command, with five products, to and from what travels: headers and a body in JSON. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class CodecBenchmark {

    private final UUID id = UUID.randomUUID();
    private final CreateShoppingList command = new CreateShoppingList(
            id,
            IntStream.range(0, 5)
                    .mapToObj(i -> new Line(UUID.randomUUID(), "Product " + i, UUID.randomUUID(), "Store " + i, i))
                    .toList());
    private final Envelope envelope = new Envelope(
            id,
            "depot.CreateShoppingList.v1",
            "orchestrator",
            id,
            id,
            id,
            id,
            "orchestrator",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    private final byte[] body = Codec.write(command);
    private final Map<String, String> headers = Headers.write(envelope);

    @Benchmark
    public void write(Blackhole hole) {
        hole.consume(Headers.write(envelope));
        hole.consume(Codec.write(command));
    }

    @Benchmark
    public void read(Blackhole hole) {
        hole.consume(Headers.read(headers));
        hole.consume(Codec.read(body, CreateShoppingList.class));
    }
}
