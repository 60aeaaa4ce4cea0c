/**
 * Tests of services, without a server and without waiting. Begin at {@link dev.reprise.testkit.RepriseExtension}, which
 * starts an engine in memory for each test; {@link dev.reprise.testkit.VirtualClock} is its time.
 */
package dev.reprise.testkit;
