/** The log of the process, on standard output. */
package dev.reprise.server.logging;
