package dev.reprise.sdk.handler;

/**
 * Takes a handler's thread out of the handler's code: its attempt is over while the code still waits. The invocation goes
 * on in another attempt. An {@link Error}, so that {@code catch (Exception e)} does not stop it; without a stack trace of
 * its own.
 */
final class AttemptUnwound extends Error {
    private static final long serialVersionUID = 1L;

    AttemptUnwound(String why) {
        super(why, null, false, false);
    }
}
