package dev.reprise.server.ui;

import dev.reprise.protocol.id.InvocationId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The changes since they were last taken, up to a bound: beyond it, only the fact that there were more is known.
 * Written by the engine's threads, read by one thread that waits.
 */
final class ChangeListener {
    static final int KEPT_MAX = 200;

    private final @Nullable InvocationId only;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    /* Guarded by the lock. */
    private final Set<InvocationId> changed = new LinkedHashSet<>();
    private boolean more;
    private boolean ended;

    ChangeListener(@Nullable InvocationId only) {
        this.only = only;
    }

    /**
     * News that are delivered together.
     *
     * @param more whether others have changed as well
     * @param ended whether these are the last
     */
    record News(List<InvocationId> changed, boolean more, boolean ended) {
        boolean isEmpty() {
            return changed.isEmpty() && !more;
        }
    }

    void changed(InvocationId id) {
        if (only != null && !only.equals(id)) {
            return;
        }
        lock.lock();
        try {
            if (changed.size() < KEPT_MAX) {
                changed.add(id);
            } else {
                more |= !changed.contains(id);
            }
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Anything may have changed. */
    void manyChanged() {
        lock.lock();
        try {
            more = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will come. */
    void end() {
        lock.lock();
        try {
            ended = true;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for news and takes them.
     *
     * @param millisMax how long to wait; the result may be empty then
     * @param pauseMillis how long to gather further changes after the first one
     */
    News await(long millisMax, long pauseMillis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millisMax);
            while (left > 0 && !ended && changed.isEmpty() && !more) {
                left = news.awaitNanos(left);
            }
            long pause = changed.isEmpty() && !more ? 0 : TimeUnit.MILLISECONDS.toNanos(pauseMillis);
            while (pause > 0 && !ended) {
                pause = news.awaitNanos(pause);
            }
            News told = new News(List.copyOf(changed), more, ended);
            changed.clear();
            more = false;
            return told;
        } finally {
            lock.unlock();
        }
    }
}
