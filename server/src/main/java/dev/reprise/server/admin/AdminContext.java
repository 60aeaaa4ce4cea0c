package dev.reprise.server.admin;

import dev.reprise.engine.Engine;
import dev.reprise.server.config.ServerConfig;
import java.net.URI;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the admin API works on.
 *
 * @param engine the engine, with the registry that it routes by
 * @param discovery asks a deployment what it serves
 * @param defaults the values that hold for a service that sets none
 * @param identity how this server introduces itself
 * @param clock the time at which deployments are registered
 * @param random the source of ids; safe for any thread
 */
public record AdminContext(
        Engine engine,
        EndpointDiscovery discovery,
        Defaults defaults,
        Identity identity,
        InstantSource clock,
        RandomGenerator random) {

    /** The settings that hold for the server as a whole. */
    public record Defaults(
            ServerConfig.Retention retention, ServerConfig.Invoker invoker, ServerConfig.Retries retries) {}

    /**
     * How a server introduces itself.
     *
     * @param version three numbers with dots
     * @param ingress where clients reach the ingress; null if there is none
     * @param cluster the cluster's name
     * @param node the node's number in it
     */
    public record Identity(String version, @Nullable URI ingress, String cluster, int node) {}
}
