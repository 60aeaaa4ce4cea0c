package dev.reprise.sdk;

/**
 * What an exclusive handler of a virtual object can do: change the object's state too. One exclusive handler runs at a
 * time for each key. A change is recorded like a step, and is seen by the handler's own reads at once.
 */
public interface ObjectContext extends SharedObjectContext {
    /**
     * Gives a key of the state a value. Others see it when the engine has stored it, at the latest when this handler has
     * ended; a crash loses nothing that was stored, and a handler that starts again sees its own changes so far.
     *
     * @param value not null; to remove the key use {@link #clear}
     * @throws dev.reprise.sdk.serde.SerdeException when it cannot be written
     */
    <T> void set(StateKey<T> key, T value);

    /** Removes a key and its value from the state; nothing happens if it has none. */
    void clear(StateKey<?> key);

    /** Removes every key from the state. */
    void clearAll();
}
