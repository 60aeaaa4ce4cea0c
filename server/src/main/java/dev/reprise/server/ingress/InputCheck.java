package dev.reprise.server.ingress;

import dev.reprise.protocol.discovery.HandlerManifest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Holds a request's content type against what the handler takes; a request without one is let through. */
final class InputCheck {
    private InputCheck() {}

    /**
     * Refuses what the handler does not take.
     *
     * @throws IngressException with 400, naming both types
     */
    static void requireFitting(HandlerManifest handler, @Nullable String contentType) {
        HandlerManifest.Input input = handler.input();
        String taken = input == null ? null : input.contentType();
        if (contentType != null && taken != null && !fits(contentType, taken)) {
            throw new IngressException(
                    400, "input validation error: Content-type '" + contentType + "' does not match '" + taken + "'");
        }
    }

    private static boolean fits(String contentType, String taken) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        String given = type.strip().toLowerCase(Locale.ROOT);
        String wanted = taken.strip().toLowerCase(Locale.ROOT);
        return wanted.equals("*/*")
                || (wanted.endsWith("/*") && given.startsWith(wanted.substring(0, wanted.length() - 1)))
                || given.equals(wanted);
    }
}
