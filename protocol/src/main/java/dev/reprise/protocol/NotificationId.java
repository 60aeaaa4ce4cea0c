package dev.reprise.protocol;

/** What a notification answers: a command's completion, or a signal by index or by name. */
public sealed interface NotificationId {
    /**
     * Whether several notifications of a journal may have this id, each to be waited for on its own: so it is with
     * cancellations and with the signals of a name. Of any other id the first notification is the only one.
     */
    default boolean recurs() {
        return switch (this) {
            case CompletionId ignored -> false;
            case SignalIndex index -> index.equals(SignalIndex.CANCEL);
            case SignalName ignored -> true;
        };
    }

    /** The completion a command announced; unique in its journal, from 1. */
    record CompletionId(int id) implements NotificationId {}

    /** A signal by number: 1 is cancellation, 2 to 15 are reserved, awakeables start at 17. */
    record SignalIndex(int index) implements NotificationId {
        /** The signal that cancels an invocation. */
        public static final SignalIndex CANCEL = new SignalIndex(1);

        /** The first index an SDK hands out to an awakeable. */
        public static final int FIRST_AWAKEABLE = 17;
    }

    /** A signal by name. */
    record SignalName(String name) implements NotificationId {}
}
