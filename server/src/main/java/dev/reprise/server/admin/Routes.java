package dev.reprise.server.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The paths of the admin API, each with what answers it. Filled before serving starts, then read by any thread. */
final class Routes {
    /** Answers a request; throws {@link AdminException} to refuse it. */
    @FunctionalInterface
    interface Endpoint {
        AdminAnswer answer(AdminRequest request);
    }

    /**
     * What answers one method on a path.
     *
     * @param operation its name in the OpenAPI document; empty if it is not part of it
     */
    record Route(String method, String template, String operation, Endpoint endpoint) {
        private List<String> segments() {
            return List.of(template.split("/", -1));
        }
    }

    /** What a path leads to. */
    sealed interface Match {
        /** An endpoint, and the variable parts of the path. */
        record Found(Route route, Map<String, String> parameters) implements Match {}

        /** A path that has other methods, in the order in which they were added. */
        record OtherMethods(Set<String> methods) implements Match {}

        /** No such path. */
        record None() implements Match {}
    }

    private final List<Route> routes = new ArrayList<>();

    /**
     * Adds an endpoint.
     *
     * @param template a path with variable parts in braces
     */
    void add(String method, String template, String operation, Endpoint endpoint) {
        routes.add(new Route(method, template, operation, endpoint));
    }

    /** Adds an endpoint that is not in the OpenAPI document. */
    void addUnlisted(String method, String template, Endpoint endpoint) {
        add(method, template, "", endpoint);
    }

    /** All endpoints of the OpenAPI document, by their path. */
    Map<String, List<Route>> listed() {
        return routes.stream()
                .filter(route -> !route.operation().isEmpty())
                .collect(Collectors.groupingBy(Route::template, LinkedHashMap::new, Collectors.toList()));
    }

    /** Finds the endpoint; a {@code HEAD} is answered like a {@code GET}. */
    Match match(String method, List<String> path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        Set<String> others = new LinkedHashSet<>();
        for (Route route : routes) {
            Map<String, String> parameters = new LinkedHashMap<>();
            if (fits(route.segments(), path, parameters)) {
                if (route.method().equals(wanted)) {
                    return new Match.Found(route, parameters);
                }
                others.add(route.method());
                if (route.method().equals("GET")) {
                    others.add("HEAD");
                }
            }
        }
        return others.isEmpty() ? new Match.None() : new Match.OtherMethods(others);
    }

    private static boolean fits(List<String> template, List<String> path, Map<String, String> parameters) {
        if (template.size() != path.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            String expected = template.get(i);
            String found = path.get(i);
            if (expected.startsWith("{")) {
                if (found.isEmpty()) {
                    return false;
                }
                parameters.put(expected.substring(1, expected.length() - 1), found);
            } else if (!expected.equals(found)) {
                return false;
            }
        }
        return true;
    }
}
