package dev.reprise.engine.partition;

import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import org.jspecify.annotations.Nullable;

/** The status of an invocation. An invocation without a row never existed or is forgotten. */
public sealed interface InvocationStatus {
    /** The kind of a status. Stored by its {@link #ordinal()}: append only. */
    enum Kind {
        SCHEDULED,
        INBOXED,
        INVOKED,
        SUSPENDED,
        PAUSED,
        COMPLETED
    }

    default Kind kind() {
        return switch (this) {
            case Scheduled _ -> Kind.SCHEDULED;
            case Inboxed _ -> Kind.INBOXED;
            case Invoked _ -> Kind.INVOKED;
            case Suspended _ -> Kind.SUSPENDED;
            case Paused _ -> Kind.PAUSED;
            case Completed _ -> Kind.COMPLETED;
        };
    }

    /** Waits for its time. */
    record Scheduled(TimerKey timer) implements InvocationStatus {}

    /** Waits until the object is free, at this place in its inbox. */
    record Inboxed(long inboxSequence) implements InvocationStatus {}

    /**
     * Runs, is about to run, or waits for a retry.
     *
     * @param startLsn the record that let it run
     * @param pauseRequested whether it is to be paused as soon as no attempt is open
     */
    record Invoked(long startLsn, boolean pauseRequested) implements InvocationStatus {}

    /**
     * Waits without a stream until the tree can make progress.
     *
     * @param knownEntries how many journal entries the handler had seen for certain when it suspended
     */
    record Suspended(FutureTree awaitingOn, int knownEntries) implements InvocationStatus {}

    /** Stopped until it is resumed; {@code lastFailure} is why, null when an operator asked for it. */
    record Paused(@Nullable Failure lastFailure) implements InvocationStatus {}

    /** Done; the result is kept for its retention. */
    record Completed(KeptResult result) implements InvocationStatus {}
}
