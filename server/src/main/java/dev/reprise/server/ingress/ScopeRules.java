package dev.reprise.server.ingress;

import dev.reprise.engine.call.ScopeSyntax;
import org.jspecify.annotations.Nullable;

/** Scopes and limit keys as requests give them, and what is said of those that are malformed. */
final class ScopeRules {
    private ScopeRules() {}

    /**
     * A scope as a request gives it; null for none.
     *
     * @throws IngressException with 400 when it is malformed
     */
    static @Nullable String scope(@Nullable String text) {
        try {
            if (text != null) {
                ScopeSyntax.requireScope(text);
            }
            return text;
        } catch (IllegalArgumentException e) {
            throw new IngressException(400, "bad scope value: " + e.getMessage());
        }
    }

    /**
     * A limit key as a request gives it; null for none.
     *
     * @throws IngressException with 400 when it is malformed
     */
    static @Nullable String limitKey(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? null : ScopeSyntax.limitKey(text);
        } catch (IllegalArgumentException e) {
            throw new IngressException(400, "invalid limit-key: " + e.getMessage());
        }
    }
}
