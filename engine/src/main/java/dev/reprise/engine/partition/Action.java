package dev.reprise.engine.partition;

import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;

/**
 * What must happen outside after a record was applied. The record is durable by then. The changes to the tables need
 * not be, because the log has them. The leader carries out actions in the order given; a follower drops all of them
 * except {@link Respond}. A new leader finds in the tables what it must do again.
 */
public sealed interface Action {
    /** The invocation may run: open a stream and replay its journal. */
    record StartAttempt(AttemptId attempt, InvocationTarget target) implements Action {}

    /** A notification was journaled at this index; the running attempt gets it, unless it was replayed. */
    record ForwardNotification(InvocationId invocationId, int index, RawMessage notification) implements Action {}

    /** A proposed run result was journaled at this index, and at this place in the order of notifications. */
    record AckRun(InvocationId invocationId, int index, int completionId, RawMessage notification) implements Action {}

    /**
     * Let the open attempt end by itself and open no other. When none is open, say so with
     * {@link PartitionRecord.AttemptHalted}.
     */
    record HaltAttempt(InvocationId invocationId) implements Action {}

    /** Stop the running or waiting attempt; nothing that it says afterwards counts. */
    record AbortAttempt(InvocationId invocationId) implements Action {}

    /** An invocation may run for the first time. */
    record InvocationStarted(Invocation invocation) implements Action {}

    /** An invocation that has run has ended. */
    record InvocationEnded(Invocation invocation, Result result) implements Action {}

    /** Skip the wait before the next attempt, if there is one. */
    record RetryNow(InvocationId invocationId) implements Action {}

    /** Fire this timer at its time. */
    record RegisterTimer(TimerKey timer) implements Action {}

    /** Drop this timer. */
    record DeleteTimer(TimerKey timer) implements Action {}

    /** A message to another partition is in the outbox. */
    record SendToPartition(long sequence, int partition, PartitionRecord record) implements Action {}

    /** Answers a waiting client. */
    record Respond(RequestId requestId, Response response) implements Action {}
}
