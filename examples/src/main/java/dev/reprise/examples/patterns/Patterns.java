package dev.reprise.examples.patterns;

import dev.reprise.embedded.Reprise;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one of the examples in an engine in memory and prints what comes out. */
public final class Patterns {
    private static final Map<String, Function<Client, Object>> EXAMPLES = new TreeMap<>(Map.of(
            "partial-failure",
            client ->
                    client.service(PartialFailure.class).call(PartialFailure::prices, List.of("Market", " ", "Corner")),
            "racing",
            Patterns::racing,
            "fallback",
            client -> client.service(Fallback.class).call(Fallback::weather, "Atlantis"),
            "batch",
            client -> client.service(Batch.class).call(Batch::squares, List.of(1, 2, 3, 4, 5, 6, 7)),
            "saga",
            Patterns::saga,
            "approval",
            Patterns::approval,
            "cron",
            Patterns::cron,
            "fan-out",
            client -> client.service(FanOut.class).call(FanOut::count, List.of("one two", "three four five"))));

    private static final Logger LOG = LoggerFactory.getLogger(Patterns.class);

    private Patterns() {}

    /** A race that is watched for a second longer, until the slower one has answered as well. */
    private static String racing(Client client) {
        String first = client.service(Racing.class).call(Racing::ask, "who is first?");
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        return first;
    }

    /** One trip that can be booked, and one for which there is no hotel. */
    private static String saga(Client client) {
        TypedClient<Saga> trips = client.service(Saga.class);
        String booked = trips.call(Saga::book, "Lisbon");
        try {
            return booked + "; " + trips.call(Saga::book, "Atlantis");
        } catch (ClientException failed) {
            return booked + "; not booked: Atlantis, there is " + failed.getMessage();
        }
    }

    /** The handler waits for an editor, who is this program. */
    private static String approval(Client client) {
        SentInvocation<String> article = client.service(Approval.class).send(Approval::publish, "Durable tasks");
        client.resolveAwakeable(Outside.awakeableOf("Durable tasks").join(), true);
        return article.attach();
    }

    /** A job that comes every second, watched for three runs. */
    private static String cron(Client client) {
        TypedClient<Cron> job = client.object(Cron.class, "backup");
        job.call(Cron::start, Duration.ofSeconds(1));
        while (job.call(Cron::runs) < 3) {
            Thread.onSpinWait();
        }
        job.call(Cron::stop);
        return "ran " + job.call(Cron::runs) + " times";
    }

    /** The examples' names, sorted. */
    static List<String> names() {
        return List.copyOf(EXAMPLES.keySet());
    }

    /** What the example of this name gives; each call runs it in an engine of its own. */
    static Object run(String name) {
        Function<Client, Object> example = EXAMPLES.get(name);
        if (example == null) {
            throw new IllegalArgumentException("Expected the name of an example, one of " + String.join(", ", names())
                    + "; found " + (name.isEmpty() ? "none" : name) + ".");
        }
        try (Reprise reprise = Reprise.embedded()
                .bind(new PartialFailure())
                .bind(new Racing())
                .bind(new Fallback())
                .bind(new Batch())
                .bind(new Saga())
                .bind(new Approval())
                .bind(new Cron())
                .bind(new FanOut())
                .start()) {
            Object answer = example.apply(reprise.client());
            LOG.info("the answer: {}", answer);
            return answer;
        }
    }

    /**
     * Runs an example; its handlers and steps print what they do, by their loggers.
     *
     * @param args its name
     */
    @SuppressWarnings("SystemOut") // printing is what it does
    public static void main(String[] args) {
        try {
            run(String.join(" ", args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }
}
