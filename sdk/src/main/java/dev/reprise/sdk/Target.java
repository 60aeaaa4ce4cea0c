package dev.reprise.sdk;

import dev.reprise.protocol.WellFormed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A handler to call, by name.
 *
 * @param service the name of the service, virtual object or workflow
 * @param key which object or workflow; null for a service
 * @param handler the handler's name
 */
public record Target(String service, @Nullable String key, String handler) {
    public Target {
        if (service.isEmpty() || handler.isEmpty()) {
            throw new IllegalArgumentException("Expected the names of a service and a handler, found \"" + service
                    + "\" and \"" + handler + "\". Give both.");
        }
        WellFormed.require("name of a service", service);
        WellFormed.require("name of a handler", handler);
        if (key != null) {
            WellFormed.require("key of " + service, key);
        }
    }

    /** A handler of a service. */
    public static Target service(String service, String handler) {
        return new Target(service, null, handler);
    }

    /** A handler of the virtual object with this key. */
    public static Target object(String object, String key, String handler) {
        return new Target(object, requireKey(object, key), handler);
    }

    /** A handler of the workflow with this key. */
    public static Target workflow(String workflow, String key, String handler) {
        return new Target(workflow, requireKey(workflow, key), handler);
    }

    private static String requireKey(String service, String key) {
        return Objects.requireNonNull(key, () -> "Expected the key of " + service + ", found null.");
    }

    /** {@code service/handler} or {@code service/key/handler}. */
    @Override
    public String toString() {
        return key == null ? service + "/" + handler : service + "/" + key + "/" + handler;
    }
}
