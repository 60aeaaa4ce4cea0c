package dev.reprise.protocol;

import java.util.List;

/**
 * A terminal failure: it ends what failed and is not retried.
 *
 * @param code an HTTP status code, or one of {@link ErrorCode}
 * @param message what went wrong, for a human reader
 * @param metadata key and value pairs in the order given
 */
public record Failure(int code, String message, List<Metadata> metadata) {

    /** One pair of {@link Failure#metadata}. */
    public record Metadata(String key, String value) {}

    public Failure {
        metadata = List.copyOf(metadata);
    }

    public Failure(int code, String message) {
        this(code, message, List.of());
    }
}
