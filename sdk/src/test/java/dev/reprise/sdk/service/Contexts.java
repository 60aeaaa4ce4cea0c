package dev.reprise.sdk.service;

import dev.reprise.sdk.Context;
import java.lang.reflect.Proxy;

/** Contexts for handlers that do nothing with them. */
final class Contexts {
    private Contexts() {}

    /** A context whose methods all fail. */
    static <C extends Context> C unused(Class<C> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }
}
