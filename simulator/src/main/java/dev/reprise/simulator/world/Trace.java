package dev.reprise.simulator.world;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What happened, line by line: the last lines, and a hash of all. */
public final class Trace {
    private static final int KEPT_MAX = 300;
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Deque<String> last = new ArrayDeque<>();
    private final Consumer<String> sink;
    private long hash = FNV_OFFSET;

    /** A trace that also passes each line to {@code sink} at once. */
    Trace(Consumer<String> sink) {
        this.sink = sink;
    }

    public void add(String line) {
        for (int i = 0; i < line.length(); i++) {
            hash = (hash ^ line.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ '\n') * FNV_PRIME;
        if (last.size() == KEPT_MAX) {
            last.removeFirst();
        }
        last.addLast(line);
        sink.accept(line);
    }

    /** FNV-1a over all lines. */
    public long hash() {
        return hash;
    }

    public List<String> last() {
        return List.copyOf(last);
    }
}
