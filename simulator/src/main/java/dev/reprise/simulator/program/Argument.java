package dev.reprise.simulator.program;

/**
 * The argument of a random handler.
 *
 * @param seed identifies the program
 * @param depth how deep its calls may go
 * @param inBox whether it, or an invocation that awaits it, has an object for itself: then it must not wait for
 *     another's turn
 */
public record Argument(long seed, int depth, boolean inBox) {
    public static Argument parse(String text) {
        String[] parts = text.split("/", 3);
        return new Argument(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), Boolean.parseBoolean(parts[2]));
    }

    @Override
    public String toString() {
        return seed + "/" + depth + "/" + inBox;
    }
}
