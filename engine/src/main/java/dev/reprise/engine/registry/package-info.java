/** The deployments and services the engine knows. Begin at {@link dev.reprise.engine.registry.Registry}. */
package dev.reprise.engine.registry;
