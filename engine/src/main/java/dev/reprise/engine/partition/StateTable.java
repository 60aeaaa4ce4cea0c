package dev.reprise.engine.partition;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ControlMessage.StateEntry;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** The state of virtual objects and workflows: a row for each key of theirs. */
final class StateTable {
    private final Tables tables;
    private final Rows rows;

    StateTable(Tables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    Optional<Bytes> get(String service, String key, Bytes stateKey) {
        return rows.get(Key.state(service, key, stateKey));
    }

    void put(String service, String key, Bytes stateKey, Bytes value) {
        tables.put(Key.state(service, key, stateKey), value);
    }

    void delete(String service, String key, Bytes stateKey) {
        tables.delete(Key.state(service, key, stateKey));
    }

    void clear(String service, String key) {
        tables.deleteAll(Key.ofObject(Key.STATE, service, key));
    }

    void replace(String service, String key, Map<Bytes, Bytes> state) {
        clear(service, key);
        new TreeMap<>(state).forEach((stateKey, value) -> put(service, key, stateKey, value));
    }

    /** All of an object's state, in key order. */
    List<StateEntry> entries(String service, String key) {
        return entries(rows, service, key);
    }

    private static List<StateEntry> entries(Rows rows, String service, String key) {
        List<StateEntry> entries = new ArrayList<>();
        forEach(rows, service, key, (stateKey, value) -> entries.add(new StateEntry(stateKey, value)));
        return entries;
    }

    /** Visits an object's state in key order, until the visitor returns false. */
    static void forEach(Rows rows, String service, String key, BiPredicate<Bytes, Bytes> visitor) {
        Bytes prefix = Key.ofObject(Key.STATE, service, key);
        rows.scan(prefix, (row, value) -> visitor.test(new BinaryReader(row, prefix.size()).rest(), value));
    }

    /**
     * Names an object's state by its content: the URL-safe Base64, without padding, of the SHA-256 digest of, for each
     * entry in key order, its index (u64), 1, the key, 2, the value, 3. So Restate's CLI names what it has seen.
     */
    String version(String service, String key) {
        return version(rows, service, key);
    }

    static String version(Rows rows, String service, String key) {
        List<StateEntry> entries = entries(rows, service, key);
        MessageDigest digest = sha256();
        for (int i = 0; i < entries.size(); i++) {
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(i).flip());
            digest.update((byte) 1);
            digest.update(entries.get(i).key().array());
            digest.update((byte) 2);
            digest.update(entries.get(i).value().array());
            digest.update((byte) 3);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM must have SHA-256", e);
        }
    }
}
