package dev.reprise.engine.call;

import dev.reprise.protocol.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The syntax of scopes and limit keys. A malformed one makes no call, so none is ever stored. */
public final class ScopeSyntax {
    private static final int COMPONENT_BYTES_MAX = 36;
    private static final int LIMIT_KEY_COMPONENTS_MAX = 2;
    /** Where Restate's documentation explains a command that cannot be carried out. */
    private static final String FAILED_PRECONDITION = "RT0024";

    private ScopeSyntax() {}

    /**
     * Checks a scope.
     *
     * @throws IllegalArgumentException when it is malformed; its message is the reason
     */
    public static void requireScope(String text) {
        requireComponent(text, "");
    }

    /**
     * Normalizes a limit key: one component, or two with a slash between them; a slash at the end is dropped.
     *
     * @throws IllegalArgumentException when it is malformed; its message is the reason
     */
    public static String limitKey(String text) {
        String key = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        String[] components = key.split("/", -1);
        for (int i = 0; i < Math.min(components.length, LIMIT_KEY_COMPONENTS_MAX); i++) {
            requireComponent(components[i], "invalid limit-key component: ");
        }
        if (components.length > LIMIT_KEY_COMPONENTS_MAX) {
            throw new IllegalArgumentException(
                    "too many path components in the given limit-key (max " + LIMIT_KEY_COMPONENTS_MAX + ")");
        }
        return key;
    }

    /**
     * The limit key of a handler's call.
     *
     * @param command the command, for messages
     * @throws UnresolvedCallException when the scope or the key is malformed, or there is a limit key without a scope
     */
    public static @Nullable String limitKey(String command, @Nullable String scope, @Nullable String limitKey) {
        if (scope != null) {
            try {
                requireScope(scope);
            } catch (IllegalArgumentException e) {
                throw failed(command, "the provided scope '" + scope + "' is invalid: " + e.getMessage());
            }
        }
        if (limitKey == null) {
            return null;
        } else if (scope == null) {
            throw failed(
                    command,
                    "limit key was provided without a scope. Limit keys take effect only when used in combination with"
                            + " scope");
        }
        try {
            return limitKey(limitKey);
        } catch (IllegalArgumentException e) {
            throw failed(command, "the provided limit key '" + limitKey + "' is invalid: " + e.getMessage());
        }
    }

    private static UnresolvedCallException failed(String command, String reason) {
        return new UnresolvedCallException(
                ErrorCode.INTERNAL,
                FAILED_PRECONDITION,
                "cannot process command " + command + " because of a failed precondition: " + reason);
    }

    private static void requireComponent(String text, String failure) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0) {
            throw new IllegalArgumentException(failure + "value cannot be empty");
        } else if (bytes > COMPONENT_BYTES_MAX) {
            throw new IllegalArgumentException(
                    failure + "value too long: " + bytes + " bytes (max " + COMPONENT_BYTES_MAX + ")");
        } else if (!text.chars().allMatch(ScopeSyntax::isAllowed)) {
            throw new IllegalArgumentException(
                    failure + "value contains characters outside the allowed set [a-zA-Z0-9_.-]");
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
