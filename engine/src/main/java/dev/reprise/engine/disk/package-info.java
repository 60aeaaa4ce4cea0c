/** How all parts of the engine treat the disk. Begin at {@link dev.reprise.engine.disk.PrivateFiles}. */
package dev.reprise.engine.disk;
