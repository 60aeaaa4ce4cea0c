package dev.reprise.engine.partition;

import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import org.jspecify.annotations.Nullable;

/** Where an invocation stands in its life. An invocation without a row has never been, or is forgotten. */
public sealed interface InvocationStatus {
    /** Which of the statuses it is. Stored by its {@link #ordinal()}: append only. */
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
     * Runs, or is about to, or waits to be tried again.
     *
     * @param startLsn the record that let it
     * @param pauseRequested whether it is to be paused as soon as no attempt is open
     */
    record Invoked(long startLsn, boolean pauseRequested) implements InvocationStatus {}

    /**
     * Waits without a stream until the tree can make progress.
     *
     * @param knownEntries so many of the journal's entries the handler had seen for certain when it said so
     */
    record Suspended(FutureTree awaitingOn, int knownEntries) implements InvocationStatus {}

    /** Stopped until it is resumed; {@code lastFailure} is why, null when somebody asked for it. */
    record Paused(@Nullable Failure lastFailure) implements InvocationStatus {}

    /** Done; the result is kept for its retention. */
    record Completed(KeptResult result) implements InvocationStatus {}
}
