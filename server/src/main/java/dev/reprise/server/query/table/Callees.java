package dev.reprise.server.query.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.registry.HandlerDescriptor;
import dev.reprise.engine.registry.Registry;
import dev.reprise.protocol.discovery.HandlerKind;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the invocations that a journal's commands have created, beyond what the commands contain.
 *
 * @param ids the id that an invocation was given, by the completion that delivers it; null if it has not arrived
 * @param registry the present services; null for none
 */
public record Callees(
        IntFunction<@Nullable String> ids, @Nullable Registry registry) {
    /** Nothing is known. */
    static final Callees UNKNOWN = new Callees(_ -> null, null);

    @Nullable
    String id(int completionId) {
        return ids.apply(completionId);
    }

    /** The callee of a command, with the kinds of services as Restate's server distinguishes them. */
    ObjectNode target(String service, String handler, String key, @Nullable String scope) {
        ObjectNode target = Json.object().put("name", service);
        HandlerKind kind = kind(service, handler, key);
        if (kind != HandlerKind.SERVICE) {
            target.put("key", key);
        }
        target.put("handler", handler);
        switch (kind) {
            case SERVICE -> {}
            case OBJECT_EXCLUSIVE -> target.put("handler_ty", "Exclusive");
            case OBJECT_SHARED, WORKFLOW_SHARED -> target.put("handler_ty", "Shared");
            case WORKFLOW_RUN -> target.put("handler_ty", "Workflow");
        }
        return Json.variant(variant(kind), target.put("scope", scope));
    }

    private static String variant(HandlerKind kind) {
        return switch (kind) {
            case SERVICE -> "Service";
            case OBJECT_EXCLUSIVE, OBJECT_SHARED -> "VirtualObject";
            case WORKFLOW_RUN, WORKFLOW_SHARED -> "Workflow";
        };
    }

    private HandlerKind kind(String service, String handler, String key) {
        Optional<HandlerDescriptor> known = registry == null
                ? Optional.empty()
                : registry.service(service).flatMap(found -> found.handler(handler));
        return known.map(HandlerDescriptor::kind)
                .orElse(key.isEmpty() ? HandlerKind.SERVICE : HandlerKind.OBJECT_EXCLUSIVE);
    }
}
