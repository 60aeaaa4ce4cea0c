package dev.reprise.engine.partition.machine;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/** A cache bounded in number and in bytes; the least recently used entry goes first. Used by one thread. */
final class RecentlyUsed<K, V> {
    private final Map<K, Sized<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int entriesMax;
    private final long bytesMax;
    private final ToLongBiFunction<K, V> bytesOf;
    private long bytes;

    private record Sized<V>(V value, long bytes) {}

    /**
     * An empty cache.
     *
     * @param bytesOf roughly what an entry takes on the heap; it must not change
     */
    RecentlyUsed(int entriesMax, long bytesMax, ToLongBiFunction<K, V> bytesOf) {
        this.entriesMax = entriesMax;
        this.bytesMax = bytesMax;
        this.bytesOf = bytesOf;
    }

    @Nullable
    V get(K key) {
        Sized<V> known = entries.get(key);
        return known == null ? null : known.value();
    }

    /**
     * Keeps a value, unless it alone is larger than the cache may be. Answers what was there before; null for nothing.
     */
    @Nullable
    V put(K key, V value) {
        Sized<V> sized = new Sized<>(value, bytesOf.applyAsLong(key, value));
        Sized<V> before = sized.bytes() > bytesMax ? entries.remove(key) : entries.put(key, sized);
        bytes += (sized.bytes() > bytesMax ? 0 : sized.bytes()) - (before == null ? 0 : before.bytes());
        Iterator<Sized<V>> eldest = entries.values().iterator();
        while (entries.size() > entriesMax || bytes > bytesMax) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
        return before == null ? null : before.value();
    }

    void remove(K key) {
        Sized<V> known = entries.remove(key);
        if (known != null) {
            bytes -= known.bytes();
        }
    }

    int size() {
        return entries.size();
    }

    /** The bytes that all entries take. */
    long bytes() {
        return bytes;
    }
}
