package dev.reprise.testkit.orders;

import dev.reprise.sdk.RunThread;
import dev.reprise.sdk.attempt.AttemptThreads;
import dev.reprise.sdk.attempt.DropListener;
import dev.reprise.sdk.attempt.DropListener.Dropped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run one at a time, each until it waits or ends; the one that was ready first is next. Closures of runs
 * wait until they are told to begin.
 */
final class TurnThreads implements AttemptThreads {
    private final Queue<Turns> ready = new ArrayDeque<>();
    private final Map<Integer, Closure> closures = new LinkedHashMap<>();
    private final Semaphore idle = new Semaphore(0);
    private final FootprintCollector uses;
    private final Set<Dropped> dropped = new LinkedHashSet<>();
    private @Nullable Turns running;
    private @Nullable Throwable thrown;

    /** One thread; it runs while {@code go} was released. */
    private static final class Turns {
        private final Semaphore go = new Semaphore(0);
    }

    TurnThreads(FootprintCollector uses) {
        this.uses = uses;
    }

    @Override
    public FootprintCollector uses() {
        return uses;
    }

    @Override
    public DropListener drops() {
        return dropped::add;
    }

    /** The promises that the handler has dropped in any attempt. */
    Set<Dropped> dropped() {
        return dropped;
    }

    @Override
    public void start(String name, Runnable body) {
        Turns turns = new Turns();
        ready.add(turns);
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(() -> {
            turns.go.acquireUninterruptibly();
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                thrown = e;
            } finally {
                idle.release();
            }
        });
    }

    @Override
    public void startRun(String name, @Nullable RunThread thread, Runnable closure) {
        Closure held = (Closure) closure;
        closures.put(held.completionId(), held);
    }

    @Override
    public boolean takeBack(Runnable closure) {
        return closures.values().remove(closure);
    }

    /** Whether the closure of a run waits to be started. */
    boolean holds(int completionId) {
        return closures.containsKey(completionId);
    }

    /** Removes the closure of a run, to be started now. */
    Closure take(int completionId) {
        Closure closure = closures.remove(completionId);
        if (closure == null) {
            throw new IllegalStateException("no closure waits for completion " + completionId);
        }
        return closure;
    }

    /** The attempt is over: closures that wait will not begin. */
    void dropClosures() {
        closures.clear();
    }

    @Override
    public void yieldToOthers() {
        Turns turns = current();
        ready.add(turns);
        handOver(turns);
    }

    /** Runs threads until all of them wait or have ended. */
    void runUntilIdle() {
        for (Turns next = ready.poll(); next != null; next = ready.poll()) {
            running = next;
            next.go.release();
            idle.acquireUninterruptibly();
            if (thrown != null) {
                throw new IllegalStateException("a thread of the handler ended with an exception", thrown);
            }
        }
        running = null;
    }

    private Turns current() {
        if (running == null) {
            throw new IllegalStateException("a thread waits that does not have its turn");
        }
        return running;
    }

    private void handOver(Turns turns) {
        idle.release();
        turns.go.acquireUninterruptibly();
    }

    @Override
    public Parking newParking() {
        return new TurnParking();
    }

    private final class TurnParking implements Parking {
        private boolean permitted;
        private @Nullable Turns waiting;

        @Override
        public void park() {
            if (!permitted) {
                Turns turns = current();
                waiting = turns;
                handOver(turns);
            }
            permitted = false;
        }

        /** Waits until something has changed; only events let time pass. */
        @Override
        public void parkAtMost(Duration duration) {
            park();
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
