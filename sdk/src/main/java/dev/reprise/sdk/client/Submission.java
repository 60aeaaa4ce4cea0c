package dev.reprise.sdk.client;

/**
 * An invocation that the engine has stored.
 *
 * @param invocationId its id
 * @param existedBefore whether it existed already, through its idempotency key or as the run of its workflow
 */
public record Submission(String invocationId, boolean existedBefore) {}
