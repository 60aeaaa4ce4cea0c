/** The log in files. Begin at {@link dev.reprise.engine.log.file.FileLog}; the format is at {@code Frame}. */
package dev.reprise.engine.log.file;
