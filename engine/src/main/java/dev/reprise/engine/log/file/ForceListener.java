package dev.reprise.engine.log.file;

/** Told of every forced write of a log, by the writer's thread; must return at once. For measuring. */
public interface ForceListener {
    /** So many records, in so many bytes, became durable; writing and forcing them took so long. */
    void forced(int records, int bytes, long nanos);

    /** Listens to nothing. */
    ForceListener NONE = (_, _, _) -> {};
}
