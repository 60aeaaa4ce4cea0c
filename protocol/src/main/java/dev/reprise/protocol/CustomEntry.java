package dev.reprise.protocol;

/**
 * A journal entry whose type lies in the custom range; stored and replayed untouched.
 *
 * @param type the 16-bit message type, 0xFC00 to 0xFFFF
 * @param body the message's bytes
 */
public record CustomEntry(int type, Bytes body) implements Message {}
