package dev.reprise.sdk.service;

/** What a service's handlers share. */
public enum ServiceKind {
    /** Nothing: each invocation is independent. */
    SERVICE,
    /** State and a lock per key. */
    VIRTUAL_OBJECT,
    /** State and durable promises per key, for which one handler runs once. */
    WORKFLOW
}
