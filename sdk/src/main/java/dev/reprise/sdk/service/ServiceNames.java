package dev.reprise.sdk.service;

import java.util.Locale;
import java.util.regex.Pattern;

/** The names that services and handlers may have: those that the endpoint manifest's schema allows. */
final class ServiceNames {
    private static final Pattern SERVICE = Pattern.compile("([a-zA-Z]|_[a-zA-Z0-9])[a-zA-Z0-9._-]*");
    private static final Pattern HANDLER = Pattern.compile("([a-zA-Z]|_[a-zA-Z0-9])[a-zA-Z0-9_]*");

    private ServiceNames() {}

    /**
     * Checks a service's name.
     *
     * @param where what has the name, for the message
     * @throws ServiceDefinitionException when it is not allowed
     */
    static String requireService(String name, String where) {
        if (!SERVICE.matcher(name).matches()) {
            throw new ServiceDefinitionException("Expected the name of " + where + " to match " + SERVICE + ", found \""
                    + name + "\". Choose another with @Name, or in the builder.");
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("restate") || lower.equals("openapi")) {
            throw new ServiceDefinitionException("Expected the name of " + where
                    + " to be none that the engine keeps for itself (restate…, openapi), found \"" + name
                    + "\". Choose another with @Name, or in the builder.");
        }
        return name;
    }

    /**
     * Checks a handler's name.
     *
     * @param where what has the name, for the message
     * @throws ServiceDefinitionException when it is not allowed
     */
    static String requireHandler(String name, String where) {
        if (!HANDLER.matcher(name).matches()) {
            throw new ServiceDefinitionException("Expected the name of " + where + " to match " + HANDLER + ", found \""
                    + name + "\". Choose another with @Name, or in the builder.");
        }
        return name;
    }
}
