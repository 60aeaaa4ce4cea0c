package dev.reprise.engine.partition;

import dev.reprise.engine.response.Response;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.id.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * Another deployment for an invocation that is bound to one: it must speak the protocol with which the journal was
 * made.
 *
 * @param id the deployment
 * @param oldest the oldest protocol version it speaks
 * @param newest the newest one
 */
public record DeploymentChoice(DeploymentId id, ProtocolVersion oldest, ProtocolVersion newest) {

    /** Why an invocation that is bound to a deployment cannot be bound to this one; null if it can. */
    public Response.@Nullable Refused refusal(Invocation invocation, ProtocolVersion version) {
        if (version.compareTo(oldest) < 0 || version.compareTo(newest) > 0) {
            String reason = "The invocation '" + invocation.id() + "' is running on protocol version '"
                    + version.number() + "', while the chosen deployment '" + id + "' supports the range "
                    + oldest.number() + "..=" + newest.number() + ".";
            return new Response.Refused(invocation.id(), 400, reason);
        }
        return null;
    }
}
