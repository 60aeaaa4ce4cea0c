package dev.reprise.engine.partition;

import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * Invocations that stop without ending: suspended by their handler, paused by an operator or by their retry policy.
 *
 * <p>What an operator pauses while it runs is let come to its end first, so that no result is lost:
 *
 * <pre>
 *   Invoked ── pause ──► Invoked, pause requested ── suspended, failed or silent for too long ──► Paused
 *      ▲                            │
 *      └──── cancelled, resumed ────┘
 * </pre>
 */
final class Pausing {
    private Pausing() {}

    /** The handler gave up its stream; if what it waits for came meanwhile, it starts again at once. */
    static void suspend(Invocation invocation, PartitionRecord.Suspended said, Step step) {
        InvocationStatus.Suspended suspended = new InvocationStatus.Suspended(said.awaitingOn(), said.knownEntries());
        if (isPauseRequested(invocation)) {
            pause(invocation, null, step);
        } else if (Notifications.isResolved(invocation.id(), suspended, step)) {
            Starting.start(invocation, step);
        } else {
            step.invocations().put(invocation.with(suspended, step.timeMillis()));
            if (saysWhatItAwaits(invocation)) {
                step.addEvent(invocation.id(), new JournalEvent.Suspended(said.awaitingOn()));
            }
            step.journal().cool(invocation.id());
        }
    }

    /** No attempt is open; when nobody wants the pause any more, it runs again. */
    static void halted(Invocation invocation, PartitionRecord.AttemptHalted halted, Step step) {
        if (isPauseRequested(invocation)) {
            pause(invocation, halted.lastFailure(), step);
        } else {
            Starting.start(invocation, step);
        }
    }

    private static boolean isPauseRequested(Invocation invocation) {
        return invocation.status() instanceof InvocationStatus.Invoked(var _, boolean requested) && requested;
    }

    /** Somebody wants it to run: a pause that was asked for, and has not come about, is off. */
    static void runNow(Invocation invocation, Step step) {
        if (invocation.status() instanceof InvocationStatus.Invoked(long startLsn, boolean requested) && requested) {
            step.invocations().put(invocation.withPauseRequested(startLsn, false));
        }
        step.emit(new Action.RetryNow(invocation.id()));
    }

    /** Before V7 a handler says a set of notifications, and not how they belong together: of no use to people. */
    private static boolean saysWhatItAwaits(Invocation invocation) {
        ProtocolVersion version = invocation.version();
        return version != null && version.compareTo(ProtocolVersion.V7) >= 0;
    }

    static void exhausted(Invocation invocation, PartitionRecord.AttemptsExhausted exhausted, Step step) {
        if (exhausted.pause()) {
            pause(invocation, exhausted.error(), step);
        } else {
            Ending.giveUp(invocation, exhausted.error(), step);
        }
    }

    /**
     * The handler said what it must not, see {@link CommandRules}: nothing of it is journaled, nothing the attempt says
     * afterwards counts, and the invocation waits for people to look at it.
     */
    static void violated(Invocation invocation, String what, Step step) {
        step.emit(new Action.AbortAttempt(invocation.id()));
        pause(invocation, JournalEvent.TransientError.of(ErrorCode.PROTOCOL_VIOLATION, what), step);
    }

    private static void pause(Invocation invocation, JournalEvent.@Nullable TransientError lastFailure, Step step) {
        Failure why = lastFailure == null ? null : lastFailure.failure();
        step.invocations().put(invocation.with(new InvocationStatus.Paused(why), step.timeMillis()));
        step.addEvent(invocation.id(), new JournalEvent.Paused(lastFailure));
        step.journal().cool(invocation.id());
    }

    static void pause(PartitionRecord.PauseRequested request, Step step) {
        InvocationId id = request.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null) {
            step.respond(request.requestId(), new Response.NotFound(id));
            return;
        }
        Response response = switch (invocation.status()) {
            case InvocationStatus.Invoked(long startLsn, boolean requestedBefore) -> {
                if (!requestedBefore) {
                    step.invocations().put(invocation.withPauseRequested(startLsn, true));
                    step.emit(new Action.HaltAttempt(id));
                }
                yield new Response.Done(id);
            }
            case InvocationStatus.Suspended _ -> {
                pause(invocation, null, step);
                yield new Response.Done(id);
            }
            case InvocationStatus.Paused _ -> new Response.Done(id);
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _, InvocationStatus.Completed _ ->
                refused(invocation, 409, "is not running, cannot be paused.");
        };
        step.respond(request.requestId(), response);
    }

    static void resume(PartitionRecord.ResumeRequested request, Step step) {
        InvocationId id = request.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        Response response =
                invocation == null ? new Response.NotFound(id) : resume(invocation, request.deployment(), step);
        step.respond(request.requestId(), response);
    }

    private static Response resume(Invocation invocation, @Nullable DeploymentChoice chosen, Step step) {
        return switch (invocation.status()) {
            case InvocationStatus.Paused _, InvocationStatus.Suspended _, InvocationStatus.Invoked _ -> {
                Response refusal = chosen == null ? null : refusal(invocation, chosen);
                yield refusal == null ? resumeNow(invocation, chosen, step) : refusal;
            }
            case InvocationStatus.Scheduled _, InvocationStatus.Inboxed _ ->
                refused(invocation, 425, "is either inboxed or scheduled, cannot be resumed.");
            case InvocationStatus.Completed _ -> refused(invocation, 409, "is completed, cannot be resumed.");
        };
    }

    private static @Nullable Response refusal(Invocation invocation, DeploymentChoice chosen) {
        ProtocolVersion version = invocation.version();
        boolean isRunning = invocation.status() instanceof InvocationStatus.Invoked;
        if (isRunning || invocation.deployment() == null || version == null) {
            return refused(
                    invocation,
                    409,
                    "is still running or the deployment id is not pinned yet, deployment id cannot be changed.");
        }
        return chosen.refusal(invocation, version);
    }

    private static Response resumeNow(Invocation invocation, @Nullable DeploymentChoice chosen, Step step) {
        if (invocation.status() instanceof InvocationStatus.Invoked) {
            runNow(invocation, step);
        } else {
            Starting.start(
                    chosen == null ? invocation : invocation.withDeployment(chosen.id(), invocation.version()), step);
        }
        return new Response.Done(invocation.id());
    }

    private static Response refused(Invocation invocation, int code, String reason) {
        String message = "The invocation '" + invocation.id() + "' " + reason;
        return new Response.Refused(invocation.id(), code, message);
    }
}
