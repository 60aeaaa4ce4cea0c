package dev.reprise.server.admin;

import dev.reprise.engine.call.Refusal;
import dev.reprise.protocol.id.InvocationId;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that the admin API refuses. Status, code and wording are those that clients of Restate know.
 */
final class AdminException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    @Nullable
    private final String restateCode;

    private final boolean isText;

    /** What a batch reports about one invocation, if that is not the message's first sentence. */
    @Nullable
    private final String inBatch;

    private AdminException(int status, String message, @Nullable String restateCode, boolean isText) {
        this(status, message, restateCode, isText, null);
    }

    private AdminException(
            int status, String message, @Nullable String restateCode, boolean isText, @Nullable String inBatch) {
        super(message);
        this.status = status;
        this.restateCode = restateCode;
        this.isText = isText;
        this.inBatch = inBatch;
    }

    AdminException(int status, String message) {
        this(status, message, null, false);
    }

    /** About one invocation; a batch words it differently. */
    static AdminException ofInvocation(int status, String message, String inBatch) {
        return new AdminException(status, message, null, false, inBatch);
    }

    /** A refusal by the engine, in the words that clients of Restate know. */
    static AdminException of(Refusal refusal) {
        InvocationId id = refusal.invocation();
        return switch (refusal.reason()) {
            case INVOCATION_NOT_FOUND ->
                ofInvocation(
                        refusal.code(),
                        "The requested invocation '" + id + "' does not exist",
                        "Invocation '" + id + "' not found");
            case UNAVAILABLE ->
                ofInvocation(
                        refusal.code(),
                        "Error when routing the request internally. Reason: " + refusal.message(),
                        refusal.message());
            case UNRESOLVED, NOT_READY, REFUSED -> new AdminException(refusal.code(), refusal.message());
        };
    }

    /** With one of Restate's error codes, {@code META…}. */
    AdminException(int status, String restateCode, String message) {
        this(status, message, restateCode, false);
    }

    /** The deployment cannot be asked what it serves. */
    static AdminException undiscovered(EndpointDiscovery.Failure failure) {
        String message = String.valueOf(failure.getMessage());
        return new AdminException(500, message, failure.code().orElse(null), false);
    }

    /** About the form of a request; answered as plain text. */
    static AdminException malformed(int status, String message) {
        return new AdminException(status, message, null, true);
    }

    static AdminException invalidField(String field, String reason) {
        return new AdminException(400, "The request field '" + field + "' is invalid. Reason: " + reason);
    }

    static AdminException invalidPath(String parameter, String value) {
        return malformed(400, "Invalid URL: Cannot parse `" + parameter + "` with value `" + value + "`: bad format");
    }

    static AdminException invalidQuery(String reason) {
        return malformed(400, "Failed to deserialize query string: " + reason);
    }

    static AdminException noSuchPath(String path) {
        return new AdminException(
                404,
                "There is nothing at '" + path + "'. This is the admin API: GET /openapi lists what it serves,"
                        + " docs/operating.md describes it. Handlers are called at the ingress, which is another port.");
    }

    static AdminException otherMethod(String path, String method, Collection<String> others) {
        return new AdminException(
                405,
                "There is no " + method + " of '" + path + "', but " + String.join(", ", others)
                        + ". GET /openapi lists what the admin API serves.");
    }

    static AdminException missing(String what, String name) {
        return new AdminException(404, "The requested " + what + " '" + name + "' does not exist");
    }

    static AdminException notRegistered(String what) {
        return new AdminException(404, "not found in the schema registry: " + what);
    }

    /** The failure as a batch reports it: at most one sentence, without articles. */
    String inBatch() {
        if (inBatch != null) {
            return inBatch;
        }
        String message = String.valueOf(getMessage());
        int end = message.indexOf(". ");
        String sentence = end < 0 ? message : message.substring(0, end);
        return (sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence)
                .replaceFirst("^The invocation", "Invocation")
                .replaceFirst("the invocation", "invocation");
    }

    /** One of Restate's codes, {@code META…}, if it has one. */
    Optional<String> code() {
        return Optional.ofNullable(restateCode);
    }

    AdminAnswer answer() {
        String message = String.valueOf(getMessage());
        return isText ? AdminAnswer.text(status, message) : AdminAnswer.error(status, message, restateCode);
    }
}
