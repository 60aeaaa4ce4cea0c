package dev.reprise.sdk;

/**
 * What an exclusive handler of a virtual object can do: change the object's state too. One exclusive handler runs at a
 * time for each key. A change is recorded like a step, and is seen by the handler's own reads at once.
 */
public interface ObjectContext extends SharedObjectContext {
    /** Gives a key of the state a value. */
    <T> void set(StateKey<T> key, T value);

    /** Removes a key and its value from the state. */
    void clear(StateKey<?> key);

    /** Removes every key from the state. */
    void clearAll();
}
