package dev.reprise.sdk.vm;

/** Whether a replayed command's payload must equal the recorded one, byte by byte. */
public enum PayloadChecks {
    /** It must. */
    ENABLED,
    /** It need not, as with serializers that do not give the same bytes twice. All other fields must be equal. */
    DISABLED
}
