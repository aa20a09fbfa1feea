package emporium.messaging;

import java.util.Map;
import java.util.UUID;

/** A little language of two endpoints for the tests: a shop that orders and a bakery that bakes. */
final class BakeryMessages {

    static final Map<String, Class<?>> TYPES = Map.of(
            "bakery.Bake.v1", Bake.class,
            "bakery.Baked.v1", Baked.class,
            "bakery.OvenCooled.v1", OvenCooled.class,
            "bakery.HowManyLoaves.v1", HowManyLoaves.class,
            "bakery.Loaves.v1", Loaves.class);

    private BakeryMessages() {}

    sealed interface BakeryCommand permits Bake {}

    /** Bakes loaves; {@code mood} tells the test's handler how to behave. */
    record Bake(String mood, int loaves) implements BakeryCommand {}

    record Baked(int loaves) {}

    record OvenCooled(UUID oven, int degrees) {}

    record HowManyLoaves() {}

    record Loaves(int count) {}
}
