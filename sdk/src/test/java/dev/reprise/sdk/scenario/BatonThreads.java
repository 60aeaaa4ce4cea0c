package dev.reprise.sdk.scenario;

import dev.reprise.sdk.handler.AttemptThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Threads of which one runs at a time: until it waits, yields or ends. Who is next is drawn from a seed. */
final class BatonThreads implements AttemptThreads {
    private final Random random;
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
        public void unpark() {
            permitted = true;
            if (waiting != null) {
                ready.add(waiting);
                waiting = null;
            }
        }
    }
}
