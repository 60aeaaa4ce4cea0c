package dev.reprise.protocol;

import java.util.List;

/** What a command or a notification says happened. Each message allows some of these only. */
public sealed interface Result {
    /** Done, without a value; for a state or a promise that was looked at: nothing there. */
    record Empty() implements Result {
        /** The only value anyone needs. */
        public static final Empty INSTANCE = new Empty();
    }

    /** Succeeded with serialized bytes. */
    record Value(Bytes content) implements Result {}

    /** Failed for good. */
    record Failed(Failure failure) implements Result {}

    /** The id of an invocation, in its text form. */
    record InvocationIdValue(String invocationId) implements Result {}

    /** The keys of an object's state. */
    record StateKeys(List<Bytes> keys) implements Result {
        public StateKeys {
            keys = List.copyOf(keys);
        }
    }
}
