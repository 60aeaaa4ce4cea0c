package dev.reprise.sdk.client;

import dev.reprise.protocol.Header;
import dev.reprise.protocol.WellFormed;
import dev.reprise.sdk.CallOptions;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Rules for what an HTTP header carries unchanged. Anything else would arrive as something different, and two keys
 * might become one. The rules apply in this JVM too, so that a program has the same meaning wherever its engine is.
 */
final class HeaderRules {
    private static final String TOKEN = "!#$%&'*+-.^_`|~";
    /** Headers that belong to the connection or to the request itself. */
    private static final List<String> RESERVED = List.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "host",
            "idempotency-expires",
            "idempotency-key",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HeaderRules() {}

    /**
     * Checks the keys and headers of a call.
     *
     * @throws IllegalArgumentException when one of them would not arrive unchanged
     */
    static void require(CallOptions options) {
        requireText("idempotency key", options.idempotencyKey());
        requireText("limit key", options.limitKey());
        options.headers().forEach(HeaderRules::require);
    }

    /** Returns the header. */
    static Header require(Header header) {
        String name = header.key();
        if (name.isEmpty() || !name.chars().allMatch(HeaderRules::isTokenCharacter)) {
            throw new IllegalArgumentException("Expected a header's name of ASCII letters, digits and " + TOKEN
                    + ", found \"" + WellFormed.shown(name) + "\". Choose another name.");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lower) || lower.startsWith("x-restate-")) {
            throw new IllegalArgumentException("Expected a header of the caller's own, found \"" + name
                    + "\", which the client or the server sets. Keys have options of their own; choose another name.");
        }
        requireText("value of header " + name, header.value());
        return header;
    }

    private static void requireText(String what, @Nullable String text) {
        if (text == null) {
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if ((unit < ' ' && unit != '\t') || unit > '~') {
                throw new IllegalArgumentException("Expected the " + what + " to have only visible characters of ASCII,"
                        + " for it travels as a header of HTTP, found "
                        + String.format(Locale.ROOT, "U+%04X", (int) unit) + " at index " + i + " of \""
                        + WellFormed.shown(text) + "\". Encode it, for example with URLEncoder or in Base64.");
            }
        }
        if (!text.equals(text.strip())) {
            throw new IllegalArgumentException("Expected the " + what + " to neither begin nor end with a space,"
                    + " for it travels as a header of HTTP, found \"" + WellFormed.shown(text) + "\". Strip it.");
        }
    }

    private static boolean isTokenCharacter(int unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || TOKEN.indexOf(unit) >= 0;
    }
}
