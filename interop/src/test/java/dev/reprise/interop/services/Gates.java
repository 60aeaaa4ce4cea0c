package dev.reprise.interop.services;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Where steps wait until a client lets them go: one gate for each invocation of this process. Any thread. */
public final class Gates {
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    private record Gate(AtomicInteger entered, CountDownLatch opened) {}

    /** Goes in and waits until the gate of this invocation is open. */
    public void pass(String invocation) throws InterruptedException {
        Gate gate = gateOf(invocation);
        gate.entered().incrementAndGet();
        gate.opened().await();
    }

    /** How often a step of this invocation has come in. */
    public int entered(String invocation) {
        return gateOf(invocation).entered().get();
    }

    /** Opens the gate of this invocation for good. */
    public void open(String invocation) {
        gateOf(invocation).opened().countDown();
    }

    private Gate gateOf(String invocation) {
        return gates.computeIfAbsent(invocation, _ -> new Gate(new AtomicInteger(), new CountDownLatch(1)));
    }
}
