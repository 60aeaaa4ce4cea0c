/**
 * A port on which one Jetty handler is served; the faces of the server differ in the handler alone. Here is also what they
 * all do with the bodies of requests: read them up to a limit, and drop what comes after the answer.
 */
package dev.reprise.server.http;
