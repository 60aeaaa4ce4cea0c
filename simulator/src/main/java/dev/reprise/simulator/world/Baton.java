package dev.reprise.simulator.world;

import dev.reprise.sdk.attempt.AttemptThreads;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The threads of handlers and of the closures of runs, of which one runs at a time. The simulation passes it the baton
 * and waits until the baton comes back, because the thread waits, pauses or has ended. The seed decides when a thread
 * that can continue does so. In this way blocking code runs in one logical thread with everything else.
 */
public final class Baton implements AttemptThreads {
    private static final long SWITCH_MICROS_MAX = 200;

    /** One thread; it runs while {@code go} was released and until {@link #back} is. */
    private static final class Runner {
        private final String name;
        private final Semaphore go = new Semaphore(0);

        private Runner(String name) {
            this.name = name;
        }
    }

    private final World world;
    private final Semaphore back = new Semaphore(0);
    private @Nullable Runner running;
    private @Nullable Throwable thrown;
    private long started;
    private int alive;

    public Baton(World world) {
        this.world = world;
    }

    /** How many threads have not ended. */
    public int alive() {
        return alive;
    }

    @Override
    public void start(String name, Runnable body) {
        Runner runner = new Runner(name + "#" + started++);
        alive++;
        Thread.ofVirtual().name(runner.name).start(() -> {
            runner.go.acquireUninterruptibly();
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                thrown = e;
            } finally {
                alive--;
                back.release();
            }
        });
        resumeLater(runner, world.dice().micros(SWITCH_MICROS_MAX));
    }

    private void resumeLater(Runner runner, long delayMicros) {
        world.queue().in(delayMicros, "thread " + runner.name, () -> resume(runner));
    }

    private void resume(Runner runner) {
        running = runner;
        runner.go.release();
        back.acquireUninterruptibly();
        running = null;
        if (thrown instanceof SimulationFailure failure) {
            throw failure;
        } else if (thrown != null) {
            throw new SimulationFailure("a handler's thread ended with an exception", thrown);
        }
    }

    /** Ends the simulation once the running thread has given back the baton. */
    public void fail(SimulationFailure failure) {
        thrown = failure;
    }

    private Runner current() {
        if (running == null) {
            throw new SimulationFailure("only a thread that has the baton may wait");
        }
        return running;
    }

    private void handBack(Runner runner) {
        back.release();
        runner.go.acquireUninterruptibly();
    }

    @Override
    public void yieldToOthers() {
        pause(SWITCH_MICROS_MAX);
    }

    /** Makes the thread with the baton do nothing for a while. */
    public void pause(long usuallyMaxMicros) {
        Runner runner = current();
        resumeLater(runner, world.dice().micros(usuallyMaxMicros));
        handBack(runner);
    }

    @Override
    public Parking newParking() {
        return new BatonParking();
    }

    private final class BatonParking implements Parking {
        private boolean permitted;
        private @Nullable Runner waiting;
        private long waits;

        @Override
        public void park() {
            waits++;
            if (!permitted) {
                Runner runner = current();
                waiting = runner;
                handBack(runner);
            }
            permitted = false;
        }

        @Override
        public void parkAtMost(Duration duration) {
            if (!permitted) {
                Runner runner = current();
                waiting = runner;
                long wait = ++waits;
                world.queue().in(duration.toNanos() / 1000, "thread " + runner.name + " has waited", () -> {
                    if (wait == waits && waiting != null) {
                        waiting = null;
                        resume(runner);
                    }
                });
                handBack(runner);
            }
            permitted = false;
        }

        @Override
        public void unpark() {
            permitted = true;
            if (waiting != null) {
                resumeLater(waiting, world.dice().micros(SWITCH_MICROS_MAX));
                waiting = null;
            }
        }
    }
}
