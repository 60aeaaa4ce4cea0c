/**
 * A port on which one Jetty handler is served; the faces of the server differ only in that handler. The package also
 * does what they all do with request bodies: it reads them up to a limit, and drops what comes after the answer.
 *
 * <p>{@code ClientConnector}, {@code ClientSocket}, {@code FloodLimit} and {@code HeaderLimit} exist in the endpoint as
 * well, with the same duties and less to do. They are not shared: these use the engine's memory pools and the one
 * release of Jetty that is shipped; those run in users' projects with whatever release is there ({@code
 * docs/adr/0023}). To share them would take a library of Jetty handlers on the class path of every user.
 */
package dev.reprise.server.http;
