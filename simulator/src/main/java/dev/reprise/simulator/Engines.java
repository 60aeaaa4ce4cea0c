package dev.reprise.simulator;

import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineParts;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.registry.Registry;
import java.util.function.UnaryOperator;

/**
 * What all engines of a simulation have in common.
 *
 * @param planting changes the parts of an engine, for tests of the simulator itself: it must find the fault
 */
record Engines(EngineConfig config, Registry registry, UnaryOperator<EngineParts> planting) {
    Engine start(EngineParts parts) {
        return Engine.start(config, planting.apply(parts));
    }
}
