package dev.reprise.server.config;

import java.util.List;

/**
 * A configuration as it was read.
 *
 * @param config the values in force
 * @param toml the same as a TOML document
 * @param warnings what was set and has no effect
 */
public record LoadedConfig(ServerConfig config, String toml, List<String> warnings) {}
