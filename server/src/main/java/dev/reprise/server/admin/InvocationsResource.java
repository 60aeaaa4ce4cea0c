package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.admin.InvocationOperations.Operation;
import dev.reprise.server.admin.InvocationOperations.Outcome;
import dev.reprise.server.admin.InvocationOperations.Target;
import java.util.Optional;

/** One invocation: cancels, kills, purges, pauses, resumes and restarts it. */
final class InvocationsResource {
    private final InvocationOperations operations;

    InvocationsResource(InvocationOperations operations) {
        this.operations = operations;
    }

    void addTo(Routes routes) {
        routes.add("DELETE", "/invocations/{invocation_id}", "delete_invocation", this::delete);
        add(routes, "kill", "kill_invocation", operations::kill);
        add(routes, "cancel", "cancel_invocation", operations::cancel);
        add(routes, "purge", "purge_invocation", operations::purge);
        add(routes, "purge-journal", "purge_journal", operations::purgeJournal);
        add(routes, "pause", "pause_invocation", operations::pause);
        routes.add("PATCH", "/invocations/{invocation_id}/restart-as-new", "restart_as_new_invocation", this::restart);
        routes.add("PATCH", "/invocations/{invocation_id}/resume", "resume_invocation", this::resume);
    }

    private static void add(Routes routes, String verb, String name, Operation operation) {
        routes.add(
                "PATCH",
                "/invocations/{invocation_id}/" + verb,
                name,
                request -> AdminAnswer.empty(operation.on(id(request)) == Outcome.DONE ? 200 : 202));
    }

    private static InvocationId id(AdminRequest request) {
        try {
            return InvocationId.parse(request.parameter("invocation_id"));
        } catch (ProtocolException _) {
            throw AdminException.invalidField("invocation_id", "bad format");
        }
    }

    /** The older call, which does not report the outcome. */
    private AdminAnswer delete(AdminRequest request) {
        InvocationId id = id(request);
        String mode = request.queryParameter("mode").orElse("cancel");
        Operation operation = switch (mode) {
            case "cancel", "Cancel" -> operations::cancel;
            case "kill", "Kill" -> operations::kill;
            case "purge", "Purge" -> operations::purge;
            default ->
                throw AdminException.invalidQuery("mode: unknown variant `" + mode
                        + "`, expected one of `Cancel`, `cancel`, `Kill`, `kill`, `Purge`, `purge`");
        };
        try {
            operation.on(id);
        } catch (AdminException _) {
            // The answer does not say whether there was anything to do.
            return AdminAnswer.empty(202);
        }
        return AdminAnswer.empty(202);
    }

    private AdminAnswer resume(AdminRequest request) {
        operations.resume(id(request), target(request).orElse(new Target.Keep()));
        return AdminAnswer.empty(200);
    }

    private AdminAnswer restart(AdminRequest request) {
        InvocationId id = id(request);
        int from =
                request.queryParameter("from").map(InvocationsResource::index).orElse(0);
        InvocationId created = operations.restartAsNew(id, from, target(request).orElse(new Target.Latest()));
        return AdminAnswer.json(
                200, JsonNodeFactory.instance.objectNode().put("new_invocation_id", created.toString()));
    }

    private static int index(String text) {
        try {
            return Integer.parseUnsignedInt(text);
        } catch (NumberFormatException _) {
            String reason = text.isEmpty()
                    ? "cannot parse integer from empty string"
                    : text.matches("[0-9]+")
                            ? "number too large to fit in target type"
                            : "invalid digit found in string";
            throw AdminException.invalidQuery("from: " + reason);
        }
    }

    private static Optional<Target> target(AdminRequest request) {
        try {
            return request.queryParameter("deployment").map(Target::parse);
        } catch (ProtocolException _) {
            throw new AdminException(400, "The query parameter 'deployment' is invalid. Reason: bad format");
        }
    }
}
