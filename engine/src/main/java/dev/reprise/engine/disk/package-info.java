/** What the engine's parts have in common in the way they treat the disk. Begin at {@link dev.reprise.engine.disk.PrivateFiles}. */
package dev.reprise.engine.disk;
