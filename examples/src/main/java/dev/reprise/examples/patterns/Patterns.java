package dev.reprise.examples.patterns;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.client.Client;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Runs one of the examples in an engine in memory and prints what comes out. */
public final class Patterns {
    private static final Map<String, Function<Client, Object>> EXAMPLES = new TreeMap<>(Map.of(
            "partial-failure",
            client ->
                    client.service(PartialFailure.class).call(PartialFailure::prices, List.of("Market", " ", "Corner")),
            "racing",
            client -> client.service(Racing.class).call(Racing::ask, "who is first?"),
            "batch",
            client -> client.service(Batch.class).call(Batch::squares, List.of(1, 2, 3, 4, 5, 6, 7)),
            "saga",
            client -> client.service(Saga.class).call(Saga::book, "Lisbon"),
            "fan-out",
            client -> client.service(FanOut.class).call(FanOut::count, List.of("one two", "three four five"))));

    private Patterns() {}

    /**
     * Runs an example.
     *
     * @param args its name
     */
    @SuppressWarnings("SystemOut") // printing is what it does
    public static void main(String[] args) {
        Function<Client, Object> example = args.length == 1 ? EXAMPLES.get(args[0]) : null;
        if (example == null) {
            System.err.println("Expected the name of an example, one of " + EXAMPLES.keySet());
            System.exit(2);
            return;
        }
        try (Reprise reprise = Reprise.embedded()
                .bind(new PartialFailure())
                .bind(new Racing())
                .bind(new Batch())
                .bind(new Saga())
                .bind(new FanOut())
                .start()) {
            System.out.println(example.apply(reprise.client()));
        }
    }
}
