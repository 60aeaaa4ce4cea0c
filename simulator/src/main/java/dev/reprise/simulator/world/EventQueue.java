package dev.reprise.simulator.world;

import java.util.PriorityQueue;

/**
 * What will happen, in the order of its time and, at the same time, in the order in which it was planned. Nothing else
 * in the simulation moves a clock.
 */
public final class EventQueue {
    private record Event(long atMicros, long sequence, String name, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMicros, other.atMicros);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Trace trace;
    private long nowMicros;
    private long planned;
    private long executed;

    EventQueue(Trace trace) {
        this.trace = trace;
    }

    public long nowMicros() {
        return nowMicros;
    }

    /** How many events have happened. */
    public long executed() {
        return executed;
    }

    public void in(long delayMicros, String name, Runnable action) {
        events.add(new Event(nowMicros + Math.max(0, delayMicros), planned++, name, action));
    }

    /** Runs the next event; false if there is none. */
    public boolean runNext() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        nowMicros = next.atMicros();
        executed++;
        trace.add(nowMicros + " " + next.name());
        next.action().run();
        return true;
    }
}
