package dev.reprise.interop.harness;

/** An SDK together with the way in which the server must talk to it: what a scenario runs with. */
public enum Subject {
    /** HTTP/2 streams in both directions, protocol V7. */
    TS_STREAMING("TsStreaming", Sdk.TYPESCRIPT),
    /** Inactivity timeout 0: whoever waits is suspended at once. */
    TS_SUSPENDING("TsSuspending", Sdk.TYPESCRIPT),
    /** HTTP/1.1, request and response one after the other. */
    TS_REQUEST_RESPONSE("TsRequestResponse", Sdk.TYPESCRIPT),
    /** An SDK of protocol V5. */
    TS_OLDER("TsOlder", Sdk.TYPESCRIPT),
    /** HTTP/2 streams in both directions, protocol V6. */
    JAVA_STREAMING("JavaStreaming", Sdk.JAVA),
    /** Inactivity timeout 0. */
    JAVA_SUSPENDING("JavaSuspending", Sdk.JAVA),
    /** HTTP/1.1, request and response one after the other. */
    JAVA_REQUEST_RESPONSE("JavaRequestResponse", Sdk.JAVA),
    /** HTTP/2 streams in both directions, protocol V7. */
    REPRISE_STREAMING("RepriseStreaming", Sdk.REPRISE),
    /** Inactivity timeout 0, protocol V7. */
    REPRISE_SUSPENDING("RepriseSuspending", Sdk.REPRISE),
    /** HTTP/1.1, protocol V7. */
    REPRISE_REQUEST_RESPONSE("RepriseRequestResponse", Sdk.REPRISE),
    /** Inactivity timeout 0, protocol V6. */
    REPRISE_V6("RepriseV6", Sdk.REPRISE),
    /** Inactivity timeout 0, protocol V5. */
    REPRISE_V5("RepriseV5", Sdk.REPRISE);

    private final String variant;
    private final Sdk sdk;

    Subject(String variant, Sdk sdk) {
        this.variant = variant;
        this.sdk = sdk;
    }

    /** What the names of its services end with. */
    String variant() {
        return variant;
    }

    public Sdk sdk() {
        return sdk;
    }
}
