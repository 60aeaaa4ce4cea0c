package dev.reprise.sdk.attempt;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A bounded number of platform threads for closures that compute; those for which none is free wait in order. A thread
 * is started when it is first needed and ends when there was nothing to do for a while. None keeps the JVM running.
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
                // What belongs to the thread that happens to start another is not for the closures of others.
                Thread.ofPlatform()
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .name("reprise-run-", 1)
                        .factory(),
                // After the end there is no attempt whose run could be recorded.
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
    }

    void execute(Runnable closure) {
        pool.execute(closure);
    }

    /** False if the closure does not wait: a thread has it, or had it. */
    boolean takeBack(Runnable closure) {
        return pool.remove(closure);
    }

    /** Drops what waits and interrupts what is executed. Does not wait for that. */
    void close() {
        pool.shutdownNow();
    }
}
