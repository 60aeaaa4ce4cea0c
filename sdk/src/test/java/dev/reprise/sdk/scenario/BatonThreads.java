package dev.reprise.sdk.scenario;

import dev.reprise.sdk.attempt.AttemptThreads;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads of which one runs at a time: until it waits, yields or ends. Who is next is drawn from a seed. Their time
 * stands still.
 */
final class BatonThreads implements AttemptThreads {
    /** Who waits no longer than until then. */
    private record Sleeper(long untilMillis, BatonParking parking) {}

    private final Random random;
    private final List<Sleeper> sleepers = new ArrayList<>();
    private long nowMillis;
    private final List<Runner> ready = new ArrayList<>();
    private final Semaphore baton = new Semaphore(0);
    private @Nullable Runner running;
    private @Nullable Throwable thrown;

    /** One thread; it has the baton while {@code go} was released. */
    private static final class Runner {
        private final Semaphore go = new Semaphore(0);
    }

    BatonThreads(Random random) {
        this.random = random;
        this.nowMillis = FakeAttempt.NOW.toEpochMilli();
    }

    /** Their time, which stands still unless it is moved. */
    InstantSource clock() {
        return () -> Instant.ofEpochMilli(nowMillis);
    }

    /** Moves the time, and lets those go on that have waited long enough, in order. */
    void advance(Duration duration) {
        long untilMillis = nowMillis + duration.toMillis();
        while (true) {
            Optional<Sleeper> next = sleepers.stream()
                    .filter(sleeper -> sleeper.untilMillis() <= untilMillis)
                    .min(Comparator.comparingLong(Sleeper::untilMillis));
            if (next.isEmpty()) {
                break;
            }
            nowMillis = Math.max(nowMillis, next.get().untilMillis());
            next.get().parking().unpark();
            runUntilIdle();
        }
        nowMillis = untilMillis;
    }

    @Override
    public void start(String name, Runnable body) {
        Runner runner = new Runner();
        ready.add(runner);
        Thread.ofVirtual().name(name).start(() -> {
            runner.go.acquireUninterruptibly();
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                thrown = e;
            } finally {
                baton.release();
            }
        });
    }

    @Override
    public void yieldToOthers() {
        ready.add(current());
        handOver(current());
    }

    @Override
    public Parking newParking() {
        return new BatonParking();
    }

    /** Lets threads run until all wait or have ended. */
    void runUntilIdle() {
        while (!ready.isEmpty()) {
            running = ready.remove(random.nextInt(ready.size()));
            current().go.release();
            baton.acquireUninterruptibly();
            if (thrown != null) {
                throw new AssertionError("a thread ended with an exception", thrown);
            }
        }
        running = null;
    }

    private Runner current() {
        if (running == null) {
            throw new AssertionError("no thread has the baton");
        }
        return running;
    }

    private void handOver(Runner runner) {
        baton.release();
        runner.go.acquireUninterruptibly();
    }

    private final class BatonParking implements Parking {
        private boolean permitted;
        private @Nullable Runner waiting;

        @Override
        public void park() {
            if (!permitted) {
                Runner runner = current();
                waiting = runner;
                handOver(runner);
            }
            permitted = false;
        }

        @Override
        public void parkAtMost(Duration duration) {
            Sleeper sleeper = new Sleeper(nowMillis + duration.toMillis(), this);
            sleepers.add(sleeper);
            park();
            sleepers.remove(sleeper);
        }

        @Override
        public void unpark() {
            permitted = true;
            if (waiting != null) {
                ready.add(waiting);
                waiting = null;
            }
        }
    }
}
