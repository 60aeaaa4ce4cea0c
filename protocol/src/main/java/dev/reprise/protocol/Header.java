package dev.reprise.protocol;

/** One header of an invocation: a name and its value. A name may occur more than once. */
public record Header(String key, String value) {}
