package dev.reprise.benchmarks.lab;

/** A flag with a value that makes no sense. The message says what was expected. */
public final class WrongFlagException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a whole sentence. */
    public WrongFlagException(String message) {
        super(message);
    }
}
