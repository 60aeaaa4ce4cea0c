package dev.reprise.endpoint;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The attempts under way, and how many there may be. Any thread. */
final class OpenAttempts {
    private final int max;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition none = lock.newCondition();

    /* Guarded by the lock. */
    private final Set<InvocationExchange> underWay = new HashSet<>();
    private boolean draining;

    OpenAttempts(int max) {
        this.max = max;
    }

    /** False if there is no room. */
    boolean begin(InvocationExchange exchange) {
        lock.lock();
        try {
            return !draining && underWay.size() < max && underWay.add(exchange);
        } finally {
            lock.unlock();
        }
    }

    void ended(InvocationExchange exchange) {
        lock.lock();
        try {
            underWay.remove(exchange);
            if (underWay.isEmpty()) {
                none.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private List<InvocationExchange> stop() {
        lock.lock();
        try {
            draining = true;
            return List.copyOf(underWay);
        } finally {
            lock.unlock();
        }
    }

    void drain(Duration atMost) {
        stop().forEach(InvocationExchange::suspend);
        awaitNone(atMost);
        stop().forEach(InvocationExchange::abort);
    }

    private void awaitNone(Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!underWay.isEmpty() && left > 0) {
                left = none.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
