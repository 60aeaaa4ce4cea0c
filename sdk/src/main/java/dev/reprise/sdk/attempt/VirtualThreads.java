package dev.reprise.sdk.attempt;

import dev.reprise.sdk.RunThread;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Virtual threads, which park while they wait, and platform threads for the closures that ask for them. */
final class VirtualThreads implements AttemptThreads {
    private final RunThread byDefault;
    private final PlatformThreads platform;
    private final DropListener drops;

    VirtualThreads(RunThreads runs, DropListener drops) {
        this.byDefault = runs.byDefault();
        this.platform = new PlatformThreads(runs.platformMax());
        this.drops = drops;
    }

    @Override
    public void start(String name, Runnable body) {
        // Whichever task runs before a branch starts it, and the branch must not inherit what belongs to that task's
        // thread.
        Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(body);
    }

    @Override
    public void startRun(String name, @Nullable RunThread thread, Runnable closure) {
        switch (thread == null ? byDefault : thread) {
            case VIRTUAL -> start("run " + name, closure);
            case PLATFORM -> platform.execute(closure);
        }
    }

    @Override
    public boolean takeBack(Runnable closure) {
        return platform.takeBack(closure);
    }

    @Override
    public DropListener drops() {
        return drops;
    }

    @Override
    public void close() {
        platform.close();
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // a hint: if it has no effect, two messages travel separately
    public void yieldToOthers() {
        Thread.yield();
    }

    @Override
    public Parking newParking() {
        return new ThreadParking();
    }

    /**
     * A permit, and the thread to wake. If the thread is interrupted, the interruption is kept for the handler's own
     * code.
     */
    private static final class ThreadParking implements Parking {
        private volatile boolean permitted;
        private volatile Thread waiting = Thread.currentThread();

        @Override
        public void park() {
            waiting = Thread.currentThread();
            boolean interrupted = false;
            while (!permitted) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            permitted = false;
            if (interrupted) {
                waiting.interrupt();
            }
        }

        @Override
        public void parkAtMost(Duration duration) {
            waiting = Thread.currentThread();
            long beginNanos = System.nanoTime();
            long nanos = TimeUnit.NANOSECONDS.convert(duration);
            boolean interrupted = false;
            for (long leftNanos = nanos; !permitted && leftNanos > 0; ) {
                LockSupport.parkNanos(this, leftNanos);
                interrupted |= Thread.interrupted();
                leftNanos = nanos - (System.nanoTime() - beginNanos);
            }
            permitted = false;
            if (interrupted) {
                waiting.interrupt();
            }
        }

        @Override
        public void unpark() {
            permitted = true;
            LockSupport.unpark(waiting);
        }
    }
}
