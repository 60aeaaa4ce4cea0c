package dev.reprise.server.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** With a period of 20 s, in which 20 MiB are little. */
final class HeapAfterLoadTest {
    private static final long MIB = 1 << 20;

    private final FakeHeap fake = new FakeHeap();
    private final HeapAfterLoad heap = new HeapAfterLoad(fake, Duration.ofSeconds(20));

    @Test
    void heap_thatHasGrown_isCollectedOnceWhenTheLoadIsOver() {
        lookAfter(1_000, 500);
        lookAfter(1_000, 700);
        assertThat(fake.collections).isZero();

        lookAfter(0, 700);
        lookAfter(0, 100);
        assertThat(fake.collections).isOne();

        lookAfter(1_000, 500);
        lookAfter(0, 500);
        assertThat(fake.collections).isEqualTo(2);
    }

    @Test
    void heap_withARequestNowAndThen_isCollected() {
        lookAfter(1_000, 500);
        lookAfter(19, 500);

        assertThat(fake.collections).isOne();
    }

    @Test
    void heap_underALightButSteadyLoad_isNotCollected() {
        for (int i = 0; i < 10; i++) {
            lookAfter(20, 500);
        }

        assertThat(fake.collections).isZero();
    }

    @Test
    void heap_thatKeepsWhatItHas_isNotCollectedAgain() {
        fake.keeps = true;
        for (int i = 0; i < 10; i++) {
            lookAfter(0, 500);
        }
        assertThat(fake.collections).isOne();

        lookAfter(0, 517);
        assertThat(fake.collections).isEqualTo(2);
    }

    @Test
    void look_thatFails_isLoggedAndTheNextCollects() {
        Logger logger = (Logger) LoggerFactory.getLogger(HeapAfterLoad.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            fake.fails = true;
            lookAfter(0, 500);
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getThrowableProxy().getMessage()).isEqualTo("no such pool");
        });

        fake.fails = false;
        lookAfter(0, 500);
        assertThat(fake.collections).isOne();
    }

    private void lookAfter(long allocatedMib, long committedMib) {
        fake.allocated += allocatedMib * MIB;
        fake.committed = committedMib * MIB;
        heap.look();
    }

    private static final class FakeHeap implements HeapAfterLoad.Heap {
        private long allocated = 300 * MIB;
        private long committed;
        private int collections;
        private boolean keeps;
        private boolean fails;

        @Override
        public long allocatedBytes() {
            return allocated;
        }

        @Override
        public long committedBytes() {
            if (fails) {
                throw new IllegalStateException("no such pool");
            }
            return committed;
        }

        @Override
        public void collect() {
            collections++;
            committed = keeps ? committed : 100 * MIB;
        }
    }
}
