package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import java.util.List;

/** Which options are allowed for which kind, according to the endpoint manifest's schema. */
final class OptionRules {
    private OptionRules() {}

    static void check(String name, ServiceType kind, HandlerOptions options, List<HandlerDefinition> handlers) {
        if (options.accept() != null) {
            throw new ServiceDefinitionException("Expected no accepted content types for all of " + name + ", found \""
                    + options.accept() + "\". Say it for a handler.");
        }
        if (options.workflowRetention() != null && kind != ServiceType.WORKFLOW) {
            throw wrongRetention("workflow", name, "only a workflow has one");
        }
        for (HandlerDefinition handler : handlers) {
            check(name + "/" + handler.name(), handler.kind(), handler.options());
        }
    }

    private static void check(String target, HandlerKind kind, HandlerOptions options) {
        if (options.workflowRetention() != null && kind != HandlerKind.WORKFLOW_RUN) {
            throw wrongRetention("workflow", target, "only a workflow's run handler has one");
        }
        if (options.idempotencyRetention() != null && kind == HandlerKind.WORKFLOW_RUN) {
            throw wrongRetention("idempotency", target, "a workflow's run handler has a workflow retention instead");
        }
    }

    private static ServiceDefinitionException wrongRetention(String which, String target, String why) {
        return new ServiceDefinitionException("Expected no " + which + " retention for " + target + ", because " + why
                + ", found one. Remove the option.");
    }
}
