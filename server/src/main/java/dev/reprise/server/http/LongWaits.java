package dev.reprise.server.http;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Has the sockets of requests that wait for long watched. Most waits are over before that, so each costs only an entry
 * in a set here; a timer for each would cost more than everything else that the wait needs. Any thread.
 */
final class LongWaits {
    private static final long LOOK_EVERY_MILLIS = 250;

    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Scheduler scheduler;
    /** Waits whose socket is not watched yet. */
    private final Set<Wait> unwatched = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean looks = new AtomicBoolean();

    LongWaits(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Begins a wait; its socket is watched if it takes longer than about half a second.
     *
     * @param gone called when the client has gone
     * @param silent whether nobody else reads from the socket
     */
    Wait begin(ClientSocket socket, Runnable gone, boolean silent) {
        Wait wait = new Wait(socket, gone, silent);
        unwatched.add(wait);
        lookLater();
        return wait;
    }

    private void lookLater() {
        if (!looks.get() && looks.compareAndSet(false, true)) {
            scheduler.schedule(this::look, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        looks.set(false);
        long now = System.nanoTime();
        List<Wait> longOnes =
                unwatched.stream().filter(wait -> wait.isLong(now)).toList();
        longOnes.forEach(unwatched::remove);
        longOnes.forEach(Wait::watch);
        if (!unwatched.isEmpty()) {
            lookLater();
        }
    }

    /** One waiting request. */
    final class Wait implements AutoCloseable {
        private final ClientSocket socket;
        private final Runnable gone;
        private final boolean silent;
        private final long begunNanos = System.nanoTime();
        /* Guarded by this. */
        private boolean watched;
        private boolean over;

        private Wait(ClientSocket socket, Runnable gone, boolean silent) {
            this.socket = socket;
            this.gone = gone;
            this.silent = silent;
        }

        private boolean isLong(long nowNanos) {
            return nowNanos - begunNanos >= LONG_NANOS;
        }

        private synchronized void watch() {
            if (!over) {
                watched = true;
                socket.watch(gone, silent);
            }
        }

        @Override
        public void close() {
            unwatched.remove(this);
            synchronized (this) {
                over = true;
                if (watched) {
                    socket.unwatch(gone);
                }
            }
        }
    }
}
