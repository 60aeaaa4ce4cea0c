package dev.reprise.server.deployment;

import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for a discovery document, beyond being JSON of the right shape. */
final class ManifestRules {
    private static final int VERSION_MIN = ProtocolVersion.V5.number();
    private static final int VERSION_MAX = ProtocolVersion.V7.number();
    private static final int NAME_CHARS_MAX = 256;
    private static final Pattern SERVICE_NAME = Pattern.compile("([a-zA-Z]|_[a-zA-Z0-9])[a-zA-Z0-9._-]*");
    private static final Pattern HANDLER_NAME = Pattern.compile("([a-zA-Z]|_[a-zA-Z0-9])[a-zA-Z0-9_]*");

    private ManifestRules() {}

    static void check(EndpointManifest manifest) {
        checkVersions(manifest.minProtocolVersion(), manifest.maxProtocolVersion());
        Set<String> names = new HashSet<>();
        for (ServiceManifest service : manifest.services()) {
            checkName("service", service.name(), SERVICE_NAME);
            require(names.add(service.name()), "service '" + service.name() + "' is there twice");
            checkOptions("service '" + service.name() + "'", service);
            checkHandlers(service);
        }
    }

    private static void checkVersions(int min, int max) {
        require(min >= 1 && max >= 1, "min and max protocol version must be at least 1, found " + min + " and " + max);
        require(
                min <= max,
                "Expected min protocol version to be <= max protocol version. Received min protocol version '" + min
                        + "', max protocol version '" + max + "'");
        if (min > VERSION_MAX || max < VERSION_MIN) {
            throw new DiscoveryException(
                    "META0012",
                    "unsupported service protocol versions: [" + min + ", " + max
                            + "]. Supported versions by this runtime are [" + VERSION_MIN + ", " + VERSION_MAX
                            + "]. Please upgrade the SDK and try registering again.",
                    false);
        }
    }

    private static void checkHandlers(ServiceManifest service) {
        Set<String> names = new HashSet<>();
        for (HandlerManifest handler : service.handlers()) {
            checkName("handler", handler.name(), HANDLER_NAME);
            String path = service.name() + "/" + handler.name();
            require(names.add(handler.name()), "handler '" + path + "' is there twice");
            HandlerType type = handler.ty();
            require(
                    type == null || mayHave(service.ty(), type),
                    "invalid combination of service type and handler type '(" + service.ty() + ", " + type + ")' of '"
                            + path + "'");
            checkOptions("handler '" + path + "'", handler);
        }
    }

    private static boolean mayHave(ServiceType service, HandlerType handler) {
        return switch (handler) {
            case SHARED -> true; // the official Java SDK declares a service's handlers like this
            case EXCLUSIVE -> service == ServiceType.VIRTUAL_OBJECT;
            case WORKFLOW -> service == ServiceType.WORKFLOW;
        };
    }

    private static void checkOptions(String of, ServiceManifest service) {
        requireTimes(
                of,
                service.inactivityTimeout(),
                service.abortTimeout(),
                service.journalRetention(),
                service.idempotencyRetention());
        requireRetries(
                of,
                service.retryPolicyInitialInterval(),
                service.retryPolicyMaxInterval(),
                service.retryPolicyMaxAttempts(),
                service.retryPolicyExponentiationFactor());
    }

    private static void checkOptions(String of, HandlerManifest handler) {
        requireTimes(
                of,
                handler.inactivityTimeout(),
                handler.abortTimeout(),
                handler.journalRetention(),
                handler.idempotencyRetention(),
                handler.workflowCompletionRetention());
        requireRetries(
                of,
                handler.retryPolicyInitialInterval(),
                handler.retryPolicyMaxInterval(),
                handler.retryPolicyMaxAttempts(),
                handler.retryPolicyExponentiationFactor());
    }

    private static void requireTimes(String of, @Nullable Long... millis) {
        for (Long time : millis) {
            require(time == null || time >= 0, "a time of " + of + " is negative: " + time);
        }
    }

    private static void requireRetries(
            String of, @Nullable Long initial, @Nullable Long max, @Nullable Long attempts, @Nullable Double factor) {
        requireTimes(of, initial, max);
        require(attempts == null || attempts >= 0, "the most attempts of " + of + " are negative: " + attempts);
        require(
                factor == null || factor > 0 && Double.isFinite(factor),
                "the retry policy's exponentiation factor of " + of + " must be larger than 0, was " + factor);
    }

    private static void checkName(String what, String name, Pattern allowed) {
        require(
                name.length() <= NAME_CHARS_MAX && allowed.matcher(name).matches(),
                "the " + what + " name '" + name + "' must match " + allowed + " and have at most " + NAME_CHARS_MAX
                        + " characters");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw DiscoveryException.badAnswer(otherwise);
        }
    }
}
