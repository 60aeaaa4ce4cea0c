package dev.reprise.engine.partition;

/** The promises of workflows that were completed or are waited for. */
final class PromiseTable {
    private final Tables tables;
    private final Rows rows;

    PromiseTable(Tables tables, Rows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    /** A promise; a new one if nobody has asked for it. */
    Promise get(String workflow, String key, String promise) {
        return rows.get(Key.promise(workflow, key, promise))
                .map(Promise::decode)
                .orElse(Promise.NEW);
    }

    void put(String workflow, String key, String promise, Promise value) {
        tables.put(Key.promise(workflow, key, promise), value.encode());
    }

    void clear(String workflow, String key) {
        tables.deleteAll(Key.ofObject(Key.PROMISE, workflow, key));
    }
}
