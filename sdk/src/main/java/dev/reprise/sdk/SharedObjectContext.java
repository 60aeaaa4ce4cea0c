package dev.reprise.sdk;

import java.util.List;
import java.util.Optional;

/**
 * What a shared handler of a virtual object can do: read the object's state. Several shared handlers of one object run at
 * the same time, also beside the exclusive one.
 */
public interface SharedObjectContext extends Context {
    /** The object's or workflow's key. Any thread may ask. */
    String key();

    /**
     * The value of a key of the state; empty if it has none. Waits for the engine if the state was not sent along with
     * the start of the attempt. What was read is recorded: every replay reads the same.
     *
     * @throws dev.reprise.sdk.serde.SerdeException when the value is not of the key's type; the attempt then fails, to be
     *     retried, unless it is caught
     */
    <T> Optional<T> get(StateKey<T> key);

    /** The names of all keys that have a value, in no promised order, but recorded. Waits for the engine as {@link #get} does. */
    List<String> stateKeys();
}
