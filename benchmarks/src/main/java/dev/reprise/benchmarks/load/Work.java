package dev.reprise.benchmarks.load;

/**
 * What is asked of the server, over and over.
 *
 * @param scenario one of {@link Scenarios}' names
 * @param size how many steps or calls, milliseconds of sleep, or bytes; 0 where it has no meaning
 * @param path what one-way sends post to, with query; else empty
 * @param body the body of one-way sends, in which <code>{seed}</code> stands for their number; else empty
 * @param idsFile the file that sends write their invocations to, and attaches read them from; empty for none
 */
public record Work(String scenario, long size, String path, String body, String idsFile) {
    static final String SEND = "send";
    static final String ATTACH = "attach";

    /** Calls of a handler that answer at once. */
    public static Work of(String scenario, long size) {
        return new Work(scenario, size, "", "", "");
    }

    /** One-way sends. */
    public static Work send(String path, String body) {
        return new Work(SEND, 1, path, body, "");
    }

    /**
     * One-way sends whose ids and results are kept: each result is the sum of {@code steps} numbers from its seed on.
     */
    public static Work send(String path, String body, long steps, String idsFile) {
        return new Work(SEND, steps, path, body, idsFile);
    }

    /** Collects the results of what was sent. */
    public static Work attach(String idsFile) {
        return new Work(ATTACH, 0, "", "", idsFile);
    }
}
