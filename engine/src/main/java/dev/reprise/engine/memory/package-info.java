/**
 * Memory that many share and that is bounded in total: a {@link dev.reprise.engine.memory.MemoryPool}, and a
 * {@link dev.reprise.engine.memory.MemoryLease} for what was taken from it. They count bytes and allocate none.
 */
package dev.reprise.engine.memory;
