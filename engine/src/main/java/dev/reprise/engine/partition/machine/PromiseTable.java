package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.Promise;

/** The promises of workflows that were completed or are waited for. */
final class PromiseTable {
    private final PartitionTables tables;
    private final Rows rows;

    PromiseTable(PartitionTables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    /** A promise; a new one if nobody has asked for it. */
    Promise get(ObjectId workflow, String promise) {
        return rows.get(Key.promise(workflow, promise)).map(Promise::decode).orElse(Promise.NEW);
    }

    void put(ObjectId workflow, String promise, Promise value) {
        tables.put(Key.promise(workflow, promise), value.encode());
    }

    void clear(ObjectId workflow) {
        tables.deleteAll(Key.ofObject(Key.PROMISE, workflow));
    }
}
