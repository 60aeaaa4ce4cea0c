package dev.reprise.sdk.vm;

/** The attempt has ended, suspended or failed, and accepts no more commands. Unwinds the handler. */
public final class AttemptClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code attempted} names what is no longer possible. */
    public AttemptClosedException(String attempted) {
        super("the attempt is closed, " + attempted + " is not possible any more");
    }
}
