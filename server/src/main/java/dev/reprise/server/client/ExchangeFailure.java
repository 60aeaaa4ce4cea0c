package dev.reprise.server.client;

/** The reason why an exchange failed. */
public record ExchangeFailure(Kind kind, String message) {
    /** What the caller may need to know besides the message. */
    public enum Kind {
        /** It may work at another time. */
        NETWORK,
        /** The peer answers HTTP/2 with HTTP/1.1. */
        SPEAKS_HTTP_1_1,
        /** The peer answers HTTP/1.1 with something else. */
        SPEAKS_ONLY_HTTP_2
    }

    /** A problem of the connection, or of something in between. */
    public static ExchangeFailure network(String message) {
        return new ExchangeFailure(Kind.NETWORK, message);
    }
}
