package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.DeploymentChoice;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.InvocationId;
import org.jspecify.annotations.Nullable;

/**
 * Pauses and resumes invocations, as operators ask.
 *
 * <p>An attempt that is running when its invocation is paused may come to an end first, so that no result is lost:
 *
 * <pre>
 *   Invoked ── pause ──► Invoked, pause requested ── suspended, failed or silent for too long ──► Paused
 *      ▲                            │
 *      └──── cancelled, resumed ────┘
 * </pre>
 */
final class Pausing {
    private Pausing() {}

    static void pause(PartitionRecord.PauseRequested request, Step step) {
        InvocationId id = request.target();
        Invocation invocation = step.invocations().get(id).orElse(null);
        if (invocation == null) {
            step.respond(request.requestId(), new Response.NotFound(id));
            return;
        }
        Response response = switch (invocation.status()) {
            case InvocationStatus.Invoked invoked -> {
                Life.requestPause(invocation, invoked, step);
                yield new Response.Done(id);
            }
            case InvocationStatus.Suspended _ -> {
                Life.pause(invocation, null, step);
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
        if (invocation.status() instanceof InvocationStatus.Invoked invoked) {
            Life.hurry(invocation, invoked, step);
        } else {
            Life.start(
                    chosen == null ? invocation : invocation.withDeployment(chosen.id(), invocation.version()), step);
        }
        return new Response.Done(invocation.id());
    }

    private static Response refused(Invocation invocation, int code, String reason) {
        String message = "The invocation '" + invocation.id() + "' " + reason;
        return new Response.Refused(invocation.id(), code, message);
    }
}
