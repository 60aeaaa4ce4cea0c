package dev.reprise.sdk.client;

/**
 * An invocation that the engine has accepted for good.
 *
 * @param invocationId its id
 * @param existedBefore whether it was there already, by its idempotency key or as the run of its workflow
 */
public record Submission(String invocationId, boolean existedBefore) {}
