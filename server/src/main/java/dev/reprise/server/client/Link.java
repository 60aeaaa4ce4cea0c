package dev.reprise.server.client;

/** A connection that requests can be sent on. Belongs to its event loop. */
interface Link {
    /** Whether it can take another request now. */
    boolean hasRoom();

    /** Sends a request; to be called while it has room. */
    void open(RequestHead head, ExchangeListener listener);

    /** Sends what was written. */
    void flush();

    /** Told what becomes of a connection, on its event loop. */
    interface Listener {
        /** It can take requests. */
        void onReady(Link link);

        /** A request has ended, there is room for another. */
        void onRoom(Link link);

        /** It takes no more requests. Those it has may still end in order. */
        void onClosed(Link link);

        /** It could not be made ready. */
        void onFailed(ExchangeFailure failure);
    }
}
