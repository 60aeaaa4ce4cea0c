package dev.reprise.sdk.vm;

/**
 * A call nobody waits for.
 *
 * @param call which handler to call, and with what
 * @param invokeTimeMillis when to call it, in milliseconds since the epoch; 0 is at once
 */
public record SendRequest(CallRequest call, long invokeTimeMillis) {}
