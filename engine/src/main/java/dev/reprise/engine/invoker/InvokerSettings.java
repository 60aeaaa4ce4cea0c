package dev.reprise.engine.invoker;

import dev.reprise.engine.config.EngineConfig;

/** How attempts are run, and the memory that the attempts of all partitions share. */
public record InvokerSettings(EngineConfig config, InvokerPools pools) {
    /** Settings with a memory pool of their own. */
    public InvokerSettings(EngineConfig config) {
        this(config, new InvokerPools(config.memory()));
    }
}
