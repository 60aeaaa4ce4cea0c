/**
 * The settings of an operator, with the names and defaults of restate-server.
 *
 * <p>{@code Options} is the table of all options: key, type, default, explanation. {@code ConfigLoader} lays the layers
 * over one another (defaults, TOML file, environment, flags), and {@link ServerConfig} is the result, checked and
 * typed. Every mistake is reported as a {@link ConfigException} that names the place, what was expected and what was
 * found.
 */
package dev.reprise.server.config;
