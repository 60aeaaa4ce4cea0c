package dev.reprise.engine.partition;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * Another deployment for an invocation that is bound to one: it must speak the protocol the journal was made with.
 *
 * @param id the deployment
 * @param oldest the oldest protocol version it speaks
 * @param newest the newest one
 */
public record DeploymentChoice(DeploymentId id, ProtocolVersion oldest, ProtocolVersion newest) {

    /** Why an invocation cannot be bound to it; null if it can. */
    Action.Response.@Nullable Refused refusal(Invocation invocation) {
        ProtocolVersion version = invocation.version();
        if (invocation.deployment() == null || version == null) {
            String reason = "The invocation '" + invocation.id()
                    + "' is not bound to a deployment yet, so it cannot be bound to another.";
            return new Action.Response.Refused(invocation.id(), 409, reason);
        }
        if (version.compareTo(oldest) < 0 || version.compareTo(newest) > 0) {
            String reason = "The invocation '" + invocation.id() + "' runs on protocol version " + version.number()
                    + ", the deployment '" + id + "' speaks " + oldest.number() + " to " + newest.number() + ".";
            return new Action.Response.Refused(invocation.id(), 400, reason);
        }
        return null;
    }
}
