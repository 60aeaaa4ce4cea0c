package dev.reprise.server.ingress;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What scopes and limit keys may be made of, and what is said of those that are not. */
final class ScopeRules {
    private static final int COMPONENT_BYTES_MAX = 36;
    private static final int LIMIT_KEY_COMPONENTS_MAX = 2;

    private ScopeRules() {}

    /**
     * A scope as a request gives it; null for none.
     *
     * @throws IngressException with 400 when it is malformed
     */
    static @Nullable String scope(@Nullable String text) {
        if (text != null) {
            requireComponent(text, "bad scope value: ");
        }
        return text;
    }

    /**
     * A limit key as a request gives it, one component or two with a slash between; null for none. A slash at the end is
     * dropped.
     *
     * @throws IngressException with 400 when it is malformed
     */
    static @Nullable String limitKey(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        String key = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String[] components = key.split("/", -1);
        for (int i = 0; i < Math.min(components.length, LIMIT_KEY_COMPONENTS_MAX); i++) {
            requireComponent(components[i], "invalid limit-key: invalid limit-key component: ");
        }
        if (components.length > LIMIT_KEY_COMPONENTS_MAX) {
            throw new IngressException(
                    400,
                    "invalid limit-key: too many path components in the given limit-key (max "
                            + LIMIT_KEY_COMPONENTS_MAX + ")");
        }
        return key;
    }

    private static void requireComponent(String text, String failure) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0) {
            throw new IngressException(400, failure + "value cannot be empty");
        } else if (bytes > COMPONENT_BYTES_MAX) {
            throw new IngressException(
                    400, failure + "value too long: " + bytes + " bytes (max " + COMPONENT_BYTES_MAX + ")");
        } else if (!text.chars().allMatch(ScopeRules::isAllowed)) {
            throw new IngressException(
                    400, failure + "value contains characters outside the allowed set [a-zA-Z0-9_.-]");
        }
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-';
    }
}
