/**
 * The measured handlers with the official Java SDK, the same as those with ours in
 * {@code dev.reprise.benchmarks.service}.
 */
@org.jspecify.annotations.NullMarked
package dev.reprise.peers.restate;
