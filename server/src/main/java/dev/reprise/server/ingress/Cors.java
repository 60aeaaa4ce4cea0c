package dev.reprise.server.ingress;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;

/**
 * Lets pages of any origin call the ingress, which Restate's clients in browsers rely on: whatever is requested is
 * allowed.
 */
final class Cors {
    private static final String METHOD = "access-control-request-method";
    private static final String HEADERS = "access-control-request-headers";

    /** The headers of an answer have only limited room. */
    private static final int MIRRORED_CHARS_MAX = 4_096;

    private Cors() {}

    /** Whether a browser only asks what it may send; then the headers are the whole answer. */
    static boolean isPreflight(Request request) {
        return request.getMethod().equals("OPTIONS");
    }

    static void allow(Request request, HttpFields.Mutable answer) {
        answer.put("access-control-allow-credentials", "true");
        answer.put("vary", "origin, " + METHOD + ", " + HEADERS);
        mirror(request, "origin", answer, "access-control-allow-origin");
        if (isPreflight(request)) {
            mirror(request, METHOD, answer, "access-control-allow-methods");
            mirror(request, HEADERS, answer, "access-control-allow-headers");
        } else if (answer.contains("access-control-allow-origin")) {
            // So that a page can link to the invocation that it has called.
            answer.put("access-control-expose-headers", "x-restate-id");
        }
    }

    private static void mirror(Request request, String asked, HttpFields.Mutable answer, String allowed) {
        String value = request.getHeaders().get(asked);
        if (value != null && value.length() <= MIRRORED_CHARS_MAX) {
            answer.put(allowed, value);
        }
    }
}
