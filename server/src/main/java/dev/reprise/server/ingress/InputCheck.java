package dev.reprise.server.ingress;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.server.http.ContentType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks a request against the input that the handler declares. A handler that does not require a body also accepts a
 * request without body and content type; one that declares nothing accepts anything. The JSON of a body is not checked.
 */
final class InputCheck {
    private static final HandlerManifest.Input ANYTHING = new HandlerManifest.Input(false, "*/*", null);

    private InputCheck() {}

    /**
     * Refuses input that the handler does not accept.
     *
     * @param said the declared input; null if there is none
     * @throws IngressException with 400, saying what does not match
     */
    static void requireFitting(HandlerManifest.@Nullable Input said, @Nullable String contentType, Bytes body) {
        HandlerManifest.Input input = said == null ? ANYTHING : said;
        boolean required = Boolean.TRUE.equals(input.required());
        if (contentType == null && body.isEmpty() && !required) {
            return;
        }
        String taken = input.contentType();
        if (taken == null) {
            if (!required) {
                throw refused("Expected body and content-type to be empty, but wasn't with content-type '" + contentType
                        + "'");
            }
        } else if (contentType == null) {
            throw refused("Empty content-type");
        } else if (!fits(contentType, taken)) {
            throw refused("Content-type '" + contentType + "' does not match '" + taken + "'");
        } else if (body.isEmpty() && input.jsonSchema() != null) {
            throw refused("Empty body not allowed");
        }
    }

    private static IngressException refused(String why) {
        return new IngressException(400, "input validation error: " + why);
    }

    private static boolean fits(String contentType, String taken) {
        String given = ContentType.withoutParameters(contentType).toLowerCase(Locale.ROOT);
        String wanted = taken.strip().toLowerCase(Locale.ROOT);
        return wanted.equals("*/*")
                || (wanted.endsWith("/*") && given.startsWith(wanted.substring(0, wanted.length() - 1)))
                || given.equals(wanted);
    }
}
