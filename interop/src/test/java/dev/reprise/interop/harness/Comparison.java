package dev.reprise.interop.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Plays a scenario on both servers and demands that they answer the same. */
public final class Comparison {
    private Comparison() {}

    /** What a client does, and what it expects of either server. */
    @FunctionalInterface
    public interface Scenario {
        void play(World world);
    }

    /** {@code name} must be unique among the scenarios of a subject. */
    public static void compare(Subject subject, String name, Scenario scenario) {
        compare(subject, name, scenario, Lab.shared()::server);
    }

    /** As {@link #compare}, with the services of {@code TS_STREAMING} on servers that know scopes. */
    public static void compareWithScopes(String name, Scenario scenario) {
        compare(Subject.TS_STREAMING, name, scenario, Lab.shared()::serverWithScopes);
    }

    /** As {@link #compare}, on servers that the scenario has for itself and may end. */
    public static void compareAlone(Subject subject, String name, Scenario scenario) {
        List<Server> servers = new CopyOnWriteArrayList<>();
        try {
            compare(subject, name, scenario, kind -> {
                Server server = Lab.shared().serverAlone(kind, subject);
                servers.add(server);
                return server;
            });
        } finally {
            servers.forEach(Server::kill);
        }
    }

    private static void compare(
            Subject subject, String name, Scenario scenario, Function<ServerKind, Server> serverOf) {
        String key = subject.name().toLowerCase(Locale.ROOT) + "-" + name;
        var original = Parallel.start(() -> play(serverOf.apply(ServerKind.ORIGINAL), subject, key, scenario));
        List<String> ours = play(serverOf.apply(ServerKind.REPRISE), subject, key, scenario);
        List<String> differences = differences(original.join(), ours);
        assertThat(differences)
                .as(() -> key + ": the original (-) and our server (+) differ; ours was\n" + String.join("\n", ours))
                .isEmpty();
    }

    /**
     * Plays a scenario with two SDKs on the original server and demands that they answer the same. The subjects must
     * differ in nothing but the SDK.
     */
    public static void compareSdks(Subject official, Subject ours, String name, Scenario scenario) {
        Server original = Lab.shared().server(ServerKind.ORIGINAL);
        List<String> wanted = play(original, official, "sdks-" + name, scenario);
        List<String> found = play(original, ours, "sdks-" + name, scenario);
        wanted.replaceAll(line -> line.replace(official.variant(), ours.variant()));
        assertThat(differences(wanted, found))
                .as(() -> name + ": " + official + " (-) and " + ours + " (+) differ")
                .isEmpty();
    }

    private static List<String> differences(List<String> original, List<String> ours) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(original.size(), ours.size()); i++) {
            String wanted = i < original.size() ? original.get(i) : "nothing";
            String found = i < ours.size() ? ours.get(i) : "nothing";
            if (!wanted.equals(found)) {
                differences.add("\n- " + wanted + "\n+ " + found);
            }
        }
        return differences;
    }

    private static List<String> play(Server server, Subject subject, String key, Scenario scenario) {
        World world = new World(server, subject, key);
        try {
            scenario.play(world);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    key + " on " + server.kind() + " failed after " + String.join("\n", world.transcript()), e);
        }
        return world.transcript();
    }
}
