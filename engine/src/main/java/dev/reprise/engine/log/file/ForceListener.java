package dev.reprise.engine.log.file;

/** Gets notice of every forced write of a log, on the writing thread; must return at once. For measurements. */
public interface ForceListener {
    /** So many records, in so many bytes, became durable; writing and forcing them took this long. */
    void forced(int records, int bytes, long nanos);

    /** Ignores everything. */
    ForceListener NONE = (_, _, _) -> {};
}
