package dev.reprise.server.config;

/** What this server can stand in for. */
public final class CompatibleWith {
    /** The version of Restate's server against which this one is tested; see {@code docs/compatibility.md}. */
    public static final String RESTATE = "1.7.12";

    private CompatibleWith() {}
}
