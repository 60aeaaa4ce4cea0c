package dev.reprise.server.ingress;

import dev.reprise.engine.call.ScopeSyntax;
import org.jspecify.annotations.Nullable;

/** Reads scopes and limit keys of requests, and explains what is wrong with malformed ones. */
final class ScopeRules {
    private ScopeRules() {}

    /**
     * The scope of a request; null if it has none.
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
     * The limit key of a request; null if it has none.
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
