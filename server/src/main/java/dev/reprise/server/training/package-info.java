/**
 * A little load for a server that is started only to be watched: what the JVM then learns of it makes later starts
 * faster, and the first requests after them.
 */
@NullMarked
package dev.reprise.server.training;

import org.jspecify.annotations.NullMarked;
