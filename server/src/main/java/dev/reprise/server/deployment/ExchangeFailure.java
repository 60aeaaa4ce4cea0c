package dev.reprise.server.deployment;

/** Why an exchange failed. */
record ExchangeFailure(Kind kind, String message) {
    /** What the caller may have to know beyond the message. */
    enum Kind {
        /** It may work at another time. */
        NETWORK,
        /** The peer answers HTTP/2 with HTTP/1.1. */
        SPEAKS_HTTP_1_1,
        /** The peer answers HTTP/1.1 with something else. */
        SPEAKS_ONLY_HTTP_2
    }

    static ExchangeFailure network(String message) {
        return new ExchangeFailure(Kind.NETWORK, message);
    }
}
