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
    private static final Map<String, Function<Client, Object>> EXAMPLES = examples();

    private static final Logger LOG = LoggerFactory.getLogger(Patterns.class);

    private Patterns() {}

    private static Map<String, Function<Client, Object>> examples() {
        Map<String, Function<Client, Object>> all = new TreeMap<>();
        all.put(
                "partial-failure",
                client -> client.service(PartialFailure.class)
                        .call(PartialFailure::prices, List.of("Market", " ", "Corner")));
        all.put("racing", Patterns::racing);
        all.put("fallback", client -> client.service(Fallback.class).call(Fallback::weather, "Atlantis"));
        all.put("batch", client -> client.service(Batch.class).call(Batch::squares, List.of(1, 2, 3, 4, 5, 6, 7)));
        all.put("saga", Patterns::saga);
        all.put("approval", Patterns::approval);
        all.put("cron", Patterns::cron);
        all.put(
                "fan-out",
                client -> client.service(FanOut.class).call(FanOut::count, List.of("one two", "three four five")));
        all.put("hedge", Patterns::hedge);
        all.put("quorum", client -> client.service(Quorum.class).call(Quorum::write, "42"));
        all.put("scopes", Patterns::scopes);
        all.put(
                "map",
                client -> client.service(BoundedMap.class)
                        .call(BoundedMap::publish, List.of("Metropolis", "Nosferatu", " ", "Faust")));
        return all;
    }

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

    /** A question that is asked twice, watched until the copy that lost has noticed it. */
    private static String hedge(Client client) {
        String answer = client.service(Hedge.class).call(Hedge::ask, "what is the time?");
        LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
        return answer;
    }

    /** A trip that can be booked, one for which there is no hotel, and offers that are not all waited for. */
    private static String scopes(Client client) {
        TypedClient<Scopes> trips = client.service(Scopes.class);
        String booked = trips.call(Scopes::book, "Lisbon");
        String offers = String.join(", ", trips.call(Scopes::offers, List.of(1, 60, 0)));
        try {
            return booked + "; " + offers + "; " + trips.call(Scopes::book, "Atlantis");
        } catch (ClientException failed) {
            return booked + "; " + offers + "; not booked: Atlantis, there is " + failed.getMessage();
        }
    }

    /** The handler waits for an editor, who is this program. */
    private static String approval(Client client) {
        SentInvocation<String> article = client.service(Approval.class).send(Approval::publish, "Durable tasks");
        client.resolveAwakeable(Editor.awakeableOf("Durable tasks").join(), true);
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
                .bind(new Hedge())
                .bind(new Quorum())
                .bind(new Scopes())
                .bind(new BoundedMap())
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
