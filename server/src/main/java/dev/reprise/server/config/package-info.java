/**
 * What an operator sets, with the names and defaults of restate-server.
 *
 * <p>{@code Options} is the table of everything that can be set: key, type, default, explanation. {@code ConfigLoader} lays
 * the layers over one another (defaults, TOML file, environment, flags), and {@link ServerConfig} is the result, checked
 * and typed. Whatever is wrong is a {@link ConfigException} that names the place, what was expected and what was found.
 */
package dev.reprise.server.config;
