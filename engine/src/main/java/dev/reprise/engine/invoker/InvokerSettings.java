package dev.reprise.engine.invoker;

import dev.reprise.engine.config.EngineConfig;

/** How attempts are run, and the memory that those of all partitions share. */
public record InvokerSettings(EngineConfig config, InvokerPools pools) {
    /** With memory of its own. */
    public InvokerSettings(EngineConfig config) {
        this(config, new InvokerPools(config.memory()));
    }
}
