package dev.reprise.engine.registry;

import dev.reprise.engine.partition.InvocationTarget;

/**
 * What the engine knows of a handler.
 *
 * @param name its name
 * @param kind how it runs
 * @param isPublic whether clients may call it, not only other handlers
 */
public record HandlerDescriptor(String name, InvocationTarget.Kind kind, boolean isPublic) {}
