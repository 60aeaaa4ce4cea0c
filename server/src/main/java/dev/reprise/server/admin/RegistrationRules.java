package dev.reprise.server.admin;

import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a deployment's manifest must satisfy to be registered. */
final class RegistrationRules {
    private RegistrationRules() {}

    /**
     * Checks a manifest by itself.
     *
     * @throws AdminException when it cannot be registered
     */
    static void check(EndpointManifest manifest) {
        checkVersions(manifest);
        Set<String> names = new HashSet<>();
        for (ServiceManifest service : manifest.services()) {
            String name = service.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("restate") || name.equals("openapi")) {
                throw new AdminException(
                        400,
                        "META0005",
                        "cannot insert/modify service '" + service.name() + "' as it contains a reserved name");
            }
            if (!names.add(service.name())) {
                throw new AdminException(400, "the deployment serves '" + service.name() + "' twice");
            }
            service.handlers().forEach(handler -> check(service, handler));
        }
    }

    private static void checkVersions(EndpointManifest manifest) {
        List<ProtocolVersion> spoken = List.of(ProtocolVersion.values());
        int oldest = spoken.getFirst().number();
        int newest = spoken.getLast().number();
        if (manifest.maxProtocolVersion() < oldest || manifest.minProtocolVersion() > newest) {
            throw new AdminException(
                    500,
                    "META0012",
                    "unsupported service protocol versions: [" + manifest.minProtocolVersion() + ", "
                            + manifest.maxProtocolVersion() + "]. Supported versions by this runtime are [" + oldest
                            + ", " + newest + "]. Please use another version of the SDK and try registering again.");
        }
    }

    private static void check(ServiceManifest service, HandlerManifest handler) {
        if (!allows(service.ty(), handler.ty())) {
            String type = handler.ty() == null ? "None" : "Some(" + pascal(handler.ty()) + ")";
            throw new AdminException(
                    400,
                    "invalid combination of service type and handler type '(" + ServiceJson.typeName(service.ty())
                            + ", " + type + ")'");
        }
        boolean isRun = service.ty() == ServiceType.WORKFLOW && handler.ty() == HandlerType.WORKFLOW;
        if (!isRun && handler.workflowCompletionRetention() != null) {
            throw new AdminException(
                    400, handler.name() + " sets the workflow_completion_retention, but it's not a WORKFLOW handler");
        } else if (isRun && handler.idempotencyRetention() != null) {
            throw new AdminException(
                    400, handler.name() + " sets the idempotency_retention, but it's a WORKFLOW handler");
        } else if (Boolean.TRUE.equals(service.ingressPrivate()) && Boolean.FALSE.equals(handler.ingressPrivate())) {
            throw new AdminException(
                    400,
                    "The service " + service.name() + " is private, but the " + handler.name()
                            + " is explicitly set as public. This is not supported. Please make the service public,"
                            + " and hide the individual handlers");
        }
        checkInput(handler);
    }

    private static void checkInput(HandlerManifest handler) {
        String type = handler.input() == null ? null : handler.input().contentType();
        if (type == null) {
            return;
        }
        String[] parts = type.strip().split("/", -1);
        if (parts.length != 2 || (parts[0].equals("*") && !parts[1].equals("*"))) {
            throw new AdminException(
                    400,
                    "the handler '" + handler.name() + "' input content-type is not valid: expected type/subtype,"
                            + " type/* or */*, found '" + type + "'");
        }
    }

    private static boolean allows(ServiceType service, @Nullable HandlerType handler) {
        if (handler == null || handler == HandlerType.SHARED) {
            return true;
        }
        return switch (service) {
            case SERVICE -> false;
            case VIRTUAL_OBJECT -> handler == HandlerType.EXCLUSIVE;
            case WORKFLOW -> handler == HandlerType.WORKFLOW;
        };
    }

    private static String pascal(HandlerType type) {
        return type.name().charAt(0) + type.name().substring(1).toLowerCase(Locale.ROOT);
    }

    /**
     * Checks a manifest against the registry: a service keeps its type.
     *
     * @throws AdminException when a service has changed its type
     */
    static void checkTypes(EndpointManifest manifest, Registry registry) {
        for (ServiceManifest service : manifest.services()) {
            Optional<ServiceDescriptor> before = registry.service(service.name());
            if (before.isPresent() && before.get().manifest().ty() != service.ty()) {
                throw new AdminException(
                        409,
                        "META0006",
                        "detected a new service revision for '" + service.name()
                                + "' changing the service type from previous revision. Service type cannot be changed"
                                + " across revisions.");
            }
        }
    }
}
