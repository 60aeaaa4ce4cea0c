package dev.reprise.simulator;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.registry.Registry;
import java.util.function.UnaryOperator;

/**
 * What all engines of a simulation have in common.
 *
 * @param planting changes what an engine is put together from, as tests of the simulator do: it must find the fault
 */
record Engines(EngineConfig config, Registry registry, UnaryOperator<EngineParts> planting) {
    Engine start(EngineParts parts) {
        return Engine.start(config, planting.apply(parts));
    }
}
