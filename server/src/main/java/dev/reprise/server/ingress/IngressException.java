package dev.reprise.server.ingress;

import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.id.InvocationId;

/**
 * A request the ingress itself turns down. The status and the wording of the answers are those that clients of Restate
 * know.
 */
final class IngressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    IngressException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** The message; never null. */
    String reason() {
        return String.valueOf(getMessage());
    }

    static IngressException notFound() {
        return new IngressException(404, "not found");
    }

    static IngressException serviceNotFound(String service) {
        return new IngressException(
                404, "service '" + service + "' not found, make sure to register the service before calling it.");
    }

    static IngressException handlerNotFound(String service, String handler) {
        return new IngressException(
                404,
                "the service '" + service + "' exists, but the handler '" + handler
                        + "' was not found, check that the handler exists in the latest registered service version.");
    }

    static IngressException invocationNotFound() {
        return new IngressException(404, "invocation not found");
    }

    static IngressException privateService() {
        return new IngressException(400, "the invoked service is not public");
    }

    static IngressException methodNotAllowed() {
        return new IngressException(405, "method not allowed");
    }

    /** The result stays where it is. */
    static IngressException noMemoryForResult(InvocationId id) {
        return new IngressException(
                503,
                "The invocation " + id + " has ended, but the memory for answers is taken by clients that have not read"
                        + " theirs. If its result is kept, GET /restate/invocation/" + id + "/output gives it later; a"
                        + " larger heap of the server has more memory for answers.");
    }

    /** It came, and there was no memory for it. */
    static IngressException resultIsGone(InvocationId id) {
        return new IngressException(
                503,
                "The invocation " + id + " has ended, but when it did, the memory for answers was taken by clients that"
                        + " had not read theirs, and its result is not kept. Call with an 'idempotency-key' what has a"
                        + " large result, so that it can be asked for again; a larger heap of the server has more memory"
                        + " for answers.");
    }

    static IngressException bodyTooLarge() {
        return new IngressException(413, "cannot read body: LengthLimitError");
    }

    /** One that may go away by itself: the same request may succeed later. */
    boolean isForNow() {
        return status == 503;
    }

    static IngressException notReady() {
        return new IngressException(ErrorCode.NOT_READY, "the invocation exists but has not completed yet");
    }

    static IngressException badPath(String path) {
        return new IngressException(400, "bad path: " + path);
    }

    static IngressException badServicePath() {
        return expectedPaths("/:service-name/:handler", "/:object-name/:object-key/:handler");
    }

    static IngressException badAwakeablePath() {
        return expectedPaths("/restate/awakeables/:id/resolve", "/restate/awakeables/:id/reject");
    }

    static IngressException badSignalPath() {
        return expectedPaths(
                "/restate/signals/:invocation_id/:name/resolve", "/restate/signals/:invocation_id/:name/reject");
    }

    static IngressException badInvocationPath() {
        return expectedPaths(
                "/restate/invocation/:invocation_id/output",
                "/restate/invocation/:invocation_id/attach",
                "/restate/invocation/:invocation_target/:idempotency_key/output",
                "/restate/invocation/:invocation_target/:idempotency_key/attach");
    }

    static IngressException badWorkflowPath() {
        return expectedPaths(
                "/restate/workflow/:workflow_name/:workflow_key/output",
                "/restate/workflow/:workflow_name/:workflow_key/attach");
    }

    static IngressException badApiPath() {
        return new IngressException(
                400,
                "bad path, expected /restate/call/:service/:handler, /restate/send/:service/:handler, "
                        + "/restate/scope/:scope/call/:service/:handler, /restate/attach/:invocation_id, "
                        + "/restate/output/:invocation_id, or /restate/lookup");
    }

    static IngressException badInvocationId(String id, String reason) {
        return new IngressException(
                400, "bad invocation id '" + id + "': " + (id.startsWith("inv_") ? reason : "bad format"));
    }

    static IngressException badAwakeableId(String id, String reason) {
        return new IngressException(
                400, "bad awakeable id '" + id + "': " + (id.startsWith("sign_") ? reason : "bad format"));
    }

    private static IngressException expectedPaths(String... paths) {
        return new IngressException(400, "bad path, expected either " + String.join(" or ", paths));
    }
}
