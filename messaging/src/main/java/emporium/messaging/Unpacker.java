package emporium.messaging;

import emporium.messaging.Transport.Delivery;
import emporium.messaging.Transport.Kept;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Hands out the messages of a {@link Pack} one by one, and settles it when the last of them is settled: acknowledged if
 * all were, else delivered again after the longest delay that was asked for. Those that were acknowledged are then left
 * out; in another process they come too, and its inbox knows them.
 */
final class Unpacker implements Consumer<Delivery> {

    private static final int MOST_REMEMBERED = 10_000;

    private final Consumer<Delivery> sink;

    /** Ids of messages that are done with, while their pack is to come again. */
    private final Set<String> doneBefore = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_REMEMBERED; // gone to other processes, it seems
        }
    }));

    Unpacker(Consumer<Delivery> sink) {
        this.sink = sink;
    }

    @Override
    public void accept(Delivery arrived) {
        var whole = new Kept(arrived.headers(), arrived.body());
        var messages = Pack.open(whole);
        if (messages.equals(List.of(whole))) {
            sink.accept(arrived);
        } else {
            new Opened(arrived, messages).handOut();
        }
    }

    /** A pack on its way through this process. */
    private final class Opened {

        private final Delivery whole;
        private final List<Kept> messages;
        private final BitSet unsettled = new BitSet();
        private final BitSet refused = new BitSet();
        private Duration delay = Duration.ZERO;

        private Opened(Delivery whole, List<Kept> messages) {
            this.whole = whole;
            this.messages = messages;
        }

        private void handOut() {
            for (var place = 0; place < messages.size(); place++) {
                unsettled.set(place, !doneBefore.remove(id(place)));
            }
            if (unsettled.isEmpty()) {
                whole.ack();
            }
            // All are counted before the first goes out: it may be settled before the second.
            var out = (BitSet) unsettled.clone();
            out.stream().forEach(place -> sink.accept(new Unpacked(this, place)));
        }

        private synchronized void acknowledge(int place) {
            settle(place);
        }

        private synchronized void refuse(int place, Duration wait) {
            if (unsettled.get(place)) {
                refused.set(place);
                delay = wait.compareTo(delay) > 0 ? wait : delay;
                settle(place);
            }
        }

        private void settle(int place) {
            var wasLast = unsettled.get(place) && unsettled.cardinality() == 1;
            unsettled.clear(place);
            if (wasLast && refused.isEmpty()) {
                whole.ack();
            } else if (wasLast) {
                rememberDone();
                whole.retryIn(delay);
            }
        }

        private void rememberDone() {
            for (var place = 0; place < messages.size(); place++) {
                if (!refused.get(place) && id(place) != null) {
                    doneBefore.add(id(place));
                }
            }
        }

        /** One speaks for all: the broker knows of no others. */
        private synchronized void prolong(int place) {
            if (place == unsettled.nextSetBit(0)) {
                whole.inProgress();
            }
        }

        private String id(int place) {
            return messages.get(place).headers().get(Headers.ID);
        }
    }

    private record Unpacked(Opened pack, int index) implements Delivery {

        @Override
        public String subject() {
            return pack.whole.subject();
        }

        @Override
        public Map<String, String> headers() {
            return pack.messages.get(index).headers();
        }

        @Override
        public byte[] body() {
            return pack.messages.get(index).body();
        }

        @Override
        public String place() {
            return pack.whole.place() + "/" + index;
        }

        @Override
        public int attempt() {
            return pack.whole.attempt();
        }

        @Override
        public void ack() {
            pack.acknowledge(index);
        }

        @Override
        public void retryIn(Duration delay) {
            pack.refuse(index, delay);
        }

        @Override
        public void inProgress() {
            pack.prolong(index);
        }
    }
}
