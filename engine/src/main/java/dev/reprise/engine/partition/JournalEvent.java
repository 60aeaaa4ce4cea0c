package dev.reprise.engine.partition;

import dev.reprise.protocol.Awaited;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.wire.AwaitedCodec;
import org.jspecify.annotations.Nullable;

/** Something that happened to an invocation beside its journal, for people to see. Handlers never see it. */
public sealed interface JournalEvent {
    /**
     * An attempt failed.
     *
     * @param code an HTTP status code, or one of {@link dev.reprise.protocol.ErrorCode}
     * @param message what went wrong
     * @param stacktrace where, for people; empty if unknown
     * @param relatedCommandIndex the command it happened at, from 0
     * @param relatedCommandName that command's name
     * @param relatedCommandType that command's type
     * @param errorCode the code under which Restate's documentation explains it, as {@code RT0001}
     */
    record TransientError(
            int code,
            String message,
            String stacktrace,
            @Nullable Integer relatedCommandIndex,
            @Nullable String relatedCommandName,
            @Nullable MessageType relatedCommandType,
            @Nullable String errorCode)
            implements JournalEvent {

        /** An error that belongs to no command. */
        public static TransientError of(int code, String message) {
            return new TransientError(code, message, "", null, null, null, null);
        }

        /** An error that belongs to no command and that Restate's documentation explains, unless there is no code. */
        public static TransientError of(int code, @Nullable String errorCode, String message) {
            return new TransientError(code, message, "", null, null, null, errorCode);
        }

        /** Whether the same error happened at the same command; where in the code does not matter. */
        public boolean isSameAs(TransientError other) {
            return withoutStacktrace().equals(other.withoutStacktrace());
        }

        private TransientError withoutStacktrace() {
            return new TransientError(
                    code, message, "", relatedCommandIndex, relatedCommandName, relatedCommandType, errorCode);
        }

        public Failure failure() {
            return new Failure(code, message);
        }
    }

    /** The invocation was suspended until its handler can make progress. */
    record Suspended(FutureTree awaitingOn) implements JournalEvent {}

    /** The handler began to wait for several things together; {@code encoded} is as in {@link PartitionRecord.Wait}. */
    record Waiting(Bytes encoded) implements JournalEvent {
        /** What it waits for. */
        public Awaited awaited() {
            return AwaitedCodec.decode(encoded);
        }
    }

    /** The invocation was paused; {@code lastFailure} is why, null when an operator asked for it. */
    record Paused(@Nullable TransientError lastFailure) implements JournalEvent {}
}
