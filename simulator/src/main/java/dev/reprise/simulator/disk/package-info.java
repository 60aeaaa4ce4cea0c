/**
 * What outlives a node. Begin at {@code Disks}: simulated ones, whose log and store fail, fill up and lose what was not
 * forced, or the real log and store in a folder.
 */
package dev.reprise.simulator.disk;
