/**
 * Memory that many draw from and that is bounded in total: a {@link dev.reprise.engine.memory.MemoryPool} and what was
 * taken of it, a {@link dev.reprise.engine.memory.MemoryLease}. They count bytes and allocate none.
 */
package dev.reprise.engine.memory;
