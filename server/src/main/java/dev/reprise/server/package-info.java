/**
 * The server as one process: {@code Main} reads the configuration, {@code RepriseServer} opens log and store, starts
 * the engine and serves its faces, and closes them in the opposite order.
 */
package dev.reprise.server;
