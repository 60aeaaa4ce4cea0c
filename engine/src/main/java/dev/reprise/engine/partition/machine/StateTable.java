package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.ObjectId;
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

/** The state of virtual objects and workflows: a row for each key. */
public final class StateTable {
    private final PartitionTables tables;
    private final Rows rows;

    StateTable(PartitionTables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    Optional<Bytes> get(ObjectId object, Bytes stateKey) {
        return rows.get(Key.state(object, stateKey));
    }

    void put(ObjectId object, Bytes stateKey, Bytes value) {
        tables.put(Key.state(object, stateKey), value);
    }

    void delete(ObjectId object, Bytes stateKey) {
        tables.delete(Key.state(object, stateKey));
    }

    void clear(ObjectId object) {
        tables.deleteAll(Key.ofObject(Key.STATE, object));
    }

    void replace(ObjectId object, Map<Bytes, Bytes> state) {
        clear(object);
        new TreeMap<>(state).forEach((stateKey, value) -> put(object, stateKey, value));
    }

    /** All of an object's state, in key order. */
    List<StateEntry> entries(ObjectId object) {
        return entries(rows, object);
    }

    private static List<StateEntry> entries(Rows rows, ObjectId object) {
        List<StateEntry> entries = new ArrayList<>();
        forEach(rows, object, (stateKey, value) -> entries.add(new StateEntry(stateKey, value)));
        return entries;
    }

    /** Visits an object's state in key order, until the visitor returns false. */
    public static void forEach(Rows rows, ObjectId object, BiPredicate<Bytes, Bytes> visitor) {
        Bytes prefix = Key.ofObject(Key.STATE, object);
        rows.scan(prefix, (row, value) -> visitor.test(new BinaryReader(row, prefix.size()).rest(), value));
    }

    /**
     * Identifies an object's state by its content: the URL-safe Base64, without padding, of the SHA-256 digest of, for
     * each entry in key order, its index (u64), 1, the key, 2, the value, 3. Restate's CLI identifies the state that it
     * has seen in the same way.
     */
    String version(ObjectId object) {
        return version(rows, object);
    }

    public static String version(Rows rows, ObjectId object) {
        List<StateEntry> entries = entries(rows, object);
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
