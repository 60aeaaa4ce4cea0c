package dev.reprise.server.client;

/** A connection on which requests can be sent. Belongs to its event loop. */
interface Link {
    /** Whether it can accept another request now. */
    boolean hasRoom();

    /** Sends a request; to be called only while it has room. */
    void open(RequestHead head, ExchangeListener listener);

    /** Sends what was written. */
    void flush();

    /** Hears of what happens to a connection, on its event loop. */
    interface Listener {
        /** The connection can accept requests. */
        void onReady(Link link);

        /** A request has ended, so there is room for another. */
        void onRoom(Link link);

        /** It accepts no more requests. Those in progress may still end in order. */
        void onClosed(Link link);

        /** The connection could not be established. */
        void onFailed(ExchangeFailure failure);
    }
}
