/**
 * The handlers that are measured, with our SDK, as a process. The same handlers exist with the official TypeScript SDK
 * ({@code src/main/typescript}) and the official Java SDK (module {@code peers}). Each process also tells, outside of
 * any journal, what really ran in it: {@link dev.reprise.benchmarks.service.Counters}.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.benchmarks.service;
