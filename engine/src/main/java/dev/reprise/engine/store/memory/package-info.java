/** A store on the heap, for tests and for engines that need not survive a crash. */
package dev.reprise.engine.store.memory;
