package dev.reprise.server.config;

import java.util.List;

/**
 * A configuration that has been read.
 *
 * @param config the values in force
 * @param toml the same as a TOML document
 * @param warnings settings that have no effect
 */
public record LoadedConfig(ServerConfig config, String toml, List<String> warnings) {}
