/**
 * Replays the journals of invocations that have not ended with new code, before it is deployed.
 *
 * <p>{@link dev.reprise.endpoint.replay.ReplayCheck} is the program. {@code JournalReader} reads journals by SQL from
 * the {@code AdminApi} of this server or the original, {@code JarServices} finds the services in the jars, {@code
 * ReplayedInvocation} tells whether one's handler repeats its journal; the SDK's {@link
 * dev.reprise.sdk.handler.JournalReplay} does so.
 */
package dev.reprise.endpoint.replay;
