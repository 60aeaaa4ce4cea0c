package dev.reprise.sdk.attempt;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A limited number of platform threads for closures that compute; closures that find none free wait in order. A thread
 * starts when it is first needed, and ends after it has been idle for a while. None keeps the JVM running.
 *
 * <p>Any thread may call these methods.
 */
final class PlatformThreads {
    private static final int IDLE_SECONDS_MAX = 10;

    private final ThreadPoolExecutor pool;

    PlatformThreads(int threadsMax) {
        pool = new ThreadPoolExecutor(
                threadsMax,
                threadsMax,
                IDLE_SECONDS_MAX,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                // Closures must not inherit what belongs to the thread that happens to start another one.
                Thread.ofPlatform()
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .name("reprise-run-", 1)
                        .factory(),
                // After the end, there is no attempt in which a run could be recorded.
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
    }

    void execute(Runnable closure) {
        pool.execute(closure);
    }

    /** Returns false if the closure is not waiting, because a thread has or had it. */
    boolean takeBack(Runnable closure) {
        return pool.remove(closure);
    }

    /** Drops waiting closures and interrupts running ones. Does not wait for them. */
    void close() {
        pool.shutdownNow();
    }
}
