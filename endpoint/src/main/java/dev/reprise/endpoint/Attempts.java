package dev.reprise.endpoint;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The attempts under way, and how many there may be. Any thread. */
final class Attempts {
    private final int max;

    /* Guarded by this. */
    private final Set<InvocationExchange> underWay = new HashSet<>();
    private boolean draining;

    Attempts(int max) {
        this.max = max;
    }

    /** False if there is no room. */
    synchronized boolean begin(InvocationExchange exchange) {
        return !draining && underWay.size() < max && underWay.add(exchange);
    }

    synchronized void ended(InvocationExchange exchange) {
        underWay.remove(exchange);
        if (underWay.isEmpty()) {
            notifyAll();
        }
    }

    private synchronized List<InvocationExchange> stop() {
        draining = true;
        return List.copyOf(underWay);
    }

    void drain(Duration atMost) {
        stop().forEach(InvocationExchange::suspend);
        awaitNone(System.nanoTime() + atMost.toNanos());
        stop().forEach(InvocationExchange::abort);
    }

    private synchronized void awaitNone(long deadlineNanos) {
        boolean interrupted = false;
        long left = deadlineNanos - System.nanoTime();
        while (!underWay.isEmpty() && left > 0 && !interrupted) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = deadlineNanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
