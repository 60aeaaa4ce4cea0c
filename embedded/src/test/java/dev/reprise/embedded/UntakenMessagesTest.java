package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.memory.MemoryLease;
import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers that have more to say than there is room for. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UntakenMessagesTest {
    private static final int POOL_BYTES = 64 << 10;
    private static final int MESSAGE_BYTES = 20_000;
    private static final int MESSAGES = 16;
    /** At most one turn to say a message, and one to find out that several have no room. */
    private static final int TURNS_MAX = 2 * MESSAGES;

    private final MemoryPool pool = new MemoryPool(POOL_BYTES);

    /** Takes in what it gets a little later, one message at a time, as an engine does. */
    private static final class Engine implements AttemptListener {
        private final ExecutorService partition;
        private final AtomicInteger taken;
        private final UntakenMessages messages;

        Engine(MemoryPool pool, ExecutorService partition, AtomicInteger taken) {
            this.partition = partition;
            this.taken = taken;
            this.messages = new UntakenMessages(pool, this);
        }

        @Override
        public void onFrames(List<Frame> frames) {
            frames.forEach(_ -> partition.execute(() -> {
                taken.incrementAndGet();
                messages.taken(1);
            }));
        }

        @Override
        public boolean holds(long bytes, long messageBytes) {
            return true;
        }

        @Override
        public void onClosed() {}

        @Override
        public void onFailed(String reason) {}
    }

    /** Another one always stands in line for all the room there is, so the handler has to wait for each message. */
    @Test
    void handler_thatNeverFindsRoomAtOnce_saysEverything() throws InterruptedException {
        AtomicInteger taken = new AtomicInteger();
        RawMessage message =
                new RawMessage(MessageType.PROPOSE_RUN_COMPLETION.code(), Bytes.wrap(new byte[MESSAGE_BYTES]));
        try (ExecutorService partition = Executors.newSingleThreadExecutor()) {
            Engine engine = new Engine(pool, partition, taken);
            AtomicReference<@Nullable MemoryLease> all =
                    new AtomicReference<>(pool.tryReserve(POOL_BYTES).orElseThrow());
            Thread handler =
                    Thread.startVirtualThread(() -> engine.messages.send(Collections.nCopies(MESSAGES, message)));
            int turns = 0;
            while (handler.isAlive() && turns <= TURNS_MAX) {
                MemoryLease held = pool.waiting() > 0 ? all.getAndSet(null) : null;
                if (held != null) {
                    turns++;
                    pool.await(POOL_BYTES, all::set);
                    held.close();
                }
            }
            assertThat(turns).as("turns").isLessThanOrEqualTo(TURNS_MAX);
            handler.join();
        }
        assertThat(taken).hasValue(MESSAGES);
    }
}
