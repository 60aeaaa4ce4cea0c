/**
 * The admin API: deployments, services and invocations as an operator sees and changes them.
 *
 * <p>Paths, bodies, status codes and error bodies are those of Restate's admin API, so that its CLI works unchanged.
 */
package dev.reprise.server.admin;
