package dev.reprise.server.client;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event loop and the tasks that other threads have for it. However many wait, the loop is woken once, does them all,
 * and then flushes each connection that was written to once.
 */
public final class Loop {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);

    private final EventLoop executor;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    /* The loop's thread alone. */
    private final List<Link> written = new ArrayList<>();
    private boolean running;

    Loop(EventLoop executor) {
        this.executor = executor;
    }

    EventLoop executor() {
        return executor;
    }

    /**
     * Runs a task on the loop soon, in the order of the calls. Any thread.
     *
     * @return false when the client is closed and the task will not run
     */
    public boolean execute(Runnable task) {
        tasks.add(task);
        if (!scheduled.compareAndSet(false, true)) {
            return !executor.isShuttingDown();
        }
        try {
            executor.execute(this::run);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("closed, nothing more is sent", e);
            return false;
        }
    }

    /** Has a connection flushed once the loop has done its present tasks; to be called on the loop. */
    void flushSoon(Link link) {
        if (!running) {
            link.flush();
        } else if (!written.contains(link)) {
            written.add(link);
        }
    }

    private void run() {
        scheduled.set(false);
        running = true;
        try {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                run(task);
            }
        } finally {
            running = false;
            if (!tasks.isEmpty() && scheduled.compareAndSet(false, true)) {
                // After an Error, which is left to the thread's handler; the other tasks still run.
                executor.execute(this::run);
            }
        }
        List<Link> flushed = List.copyOf(written);
        written.clear();
        flushed.forEach(link -> run(link::flush));
    }

    /** An exception of one task must not affect the others. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            log.error("a task of the HTTP client failed", e);
        }
    }
}
