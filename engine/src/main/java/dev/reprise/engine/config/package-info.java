/** How an engine behaves. Begin at {@link dev.reprise.engine.config.EngineConfig}. */
package dev.reprise.engine.config;
