package dev.reprise.sdk.vm;

/** Whether the payload of a replayed command must equal the recorded one, byte by byte. */
public enum PayloadChecks {
    /** It must. */
    ENABLED,
    /** It need not, for serializers that do not produce the same bytes each time. All other fields must be equal. */
    DISABLED
}
