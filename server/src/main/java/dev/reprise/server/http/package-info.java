/**
 * A port on which one Jetty handler is served; the faces of the server differ in the handler alone. Here is also what they
 * all do with the bodies of requests: read them up to a limit, and drop what comes after the answer.
 *
 * <p>{@code ClientConnector}, {@code ClientSocket}, {@code FloodLimit} and {@code HeaderLimit} are in the endpoint as well, with
 * the same duties and less to do. They are not shared: these use the memory pools of the engine and the one release of Jetty
 * that is shipped; those run in users' projects with whatever release is there ({@code docs/adr/0023}). A home for both would be
 * a library of Jetty handlers on the class path of every user.
 */
package dev.reprise.server.http;
