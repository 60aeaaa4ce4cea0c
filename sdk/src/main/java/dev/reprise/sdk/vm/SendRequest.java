package dev.reprise.sdk.vm;

/**
 * A call that nobody waits for.
 *
 * @param call the handler to call, and its argument
 * @param invokeTimeMillis when to call it, in milliseconds since the epoch; 0 for at once
 */
public record SendRequest(CallRequest call, long invokeTimeMillis) {}
