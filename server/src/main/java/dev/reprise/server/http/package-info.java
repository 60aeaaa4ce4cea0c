/** A port on which one Jetty handler is served; the faces of the server differ in the handler alone. */
package dev.reprise.server.http;
