/** Opens what a data folder contains: log and store together. Begin at {@link dev.reprise.engine.storage.Storage}. */
package dev.reprise.engine.storage;
