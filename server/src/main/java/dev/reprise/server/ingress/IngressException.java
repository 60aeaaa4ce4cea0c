package dev.reprise.server.ingress;

import dev.reprise.engine.call.Refusal;
import dev.reprise.protocol.id.InvocationId;

/**
 * A request that the ingress itself refuses. The status and wording of the answers are those that clients of Restate
 * know.
 */
final class IngressException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean isForNow;

    IngressException(int status, String message) {
        this(status, message, status == 503);
    }

    private IngressException(int status, String message, boolean isForNow) {
        super(message);
        this.status = status;
        this.isForNow = isForNow;
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

    /** A refusal by the engine, in the words that clients of Restate know. */
    static IngressException of(Refusal refusal) {
        return switch (refusal.reason()) {
            case UNRESOLVED, REFUSED -> new IngressException(refusal.code(), refusal.message());
            case INVOCATION_NOT_FOUND -> new IngressException(refusal.code(), "invocation not found");
            case NOT_READY -> new IngressException(refusal.code(), "the invocation exists but has not completed yet");
            case UNAVAILABLE -> uncertain(refusal);
        };
    }

    private static IngressException uncertain(Refusal refusal) {
        return new IngressException(
                refusal.code(),
                "internal routing error: " + refusal.message()
                        + ". If the request has an 'idempotency-key', it can be safely retried, "
                        + "otherwise submitting it again may result in executing the invocation twice.",
                false);
    }

    static IngressException privateService() {
        return new IngressException(400, "the invoked service is not public");
    }

    static IngressException methodNotAllowed() {
        return new IngressException(405, "method not allowed");
    }

    /** The result is still available. */
    static IngressException noMemoryForResult(InvocationId id) {
        return new IngressException(
                503,
                "The invocation " + id + " has ended, but the memory for answers is taken by clients that have not read"
                        + " theirs. If its result is kept, GET /restate/invocation/" + id + "/output gives it later; a"
                        + " larger heap of the server has more memory for answers.");
    }

    /** The result arrived, and there was no memory for it. */
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

    /** Whether the cause may go away by itself, so that the request, of which nothing was done, may succeed later. */
    boolean isForNow() {
        return isForNow;
    }

    static IngressException badPath(String path) {
        return new IngressException(400, "bad path: " + path);
    }

    /** For somebody who wants to know what this port is. */
    static IngressException nothingAtRoot() {
        return new IngressException(
                400,
                "bad path: /. This is the ingress of Reprise, where handlers are called: POST /:service/:handler or"
                        + " /:object/:key/:handler. GET /restate/health lists the services. What is registered and what"
                        + " runs, the admin API shows, which is another port.");
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
