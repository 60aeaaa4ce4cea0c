/**
 * Memory that many share and that is bounded in total: a {@link dev.reprise.engine.memory.MemoryPool}, and a
 * {@link dev.reprise.engine.memory.MemoryLease} for what was taken from it, and {@link
 * dev.reprise.engine.memory.HeldMemory} for what one holds as it grows and shrinks. They count bytes and allocate none.
 */
package dev.reprise.engine.memory;
