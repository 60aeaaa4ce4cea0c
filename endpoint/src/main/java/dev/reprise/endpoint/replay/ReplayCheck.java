package dev.reprise.endpoint.replay;

import dev.reprise.endpoint.replay.ReplayedInvocation.Finding;
import dev.reprise.endpoint.replay.ReplayedInvocation.Verdict;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.sdk.service.ServiceDefinitionException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells which invocations on a server would diverge from their journals if they went on with new code.
 *
 * <p>It replays each with the code of the given jars up to the end of its journal. The closures of runs are not
 * executed, and the server is only read from. What a handler does besides its context and outside of runs, it does.
 *
 * <pre>{@code
 * java -cp … dev.reprise.endpoint.replay.ReplayCheck --admin http://localhost:9070 --classpath my.jar
 * }</pre>
 */
public final class ReplayCheck {
    private static final int NONE_DIVERGES = 0;
    private static final int SOME_DIVERGE = 1;
    private static final int NOT_MADE = 2;
    /** How many journals are read together. */
    private static final int BATCH = 25;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Map<Finding, Integer> counts = new EnumMap<>(Finding.class);
    private final Map<String, Integer> others = new TreeMap<>();
    private final Map<String, ServiceDefinition> services;
    private final PrintStream out;

    private ReplayCheck(Map<String, ServiceDefinition> services, PrintStream out) {
        this.services = services;
        this.out = out;
    }

    /** Checks, and ends the process with the exit code of {@link #run}. */
    @SuppressWarnings("SystemOut") // a program's output
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    /**
     * Checks.
     *
     * @param arguments as on the command line
     * @param out where the findings go
     * @param err where it goes why the check could not be made
     * @return 0 if no invocation diverges, 1 if one does, 2 if the check could not be made
     */
    public static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        try {
            ReplayOptions options = ReplayOptions.of(arguments);
            var services = new JarServices(options.classPath()).find(options.main());
            var check = new ReplayCheck(services, out);
            check.all(new JournalReader(new AdminApi(options.admin())), options.condition());
            return check.counts.containsKey(Finding.DIVERGES) ? SOME_DIVERGE : NONE_DIVERGES;
        } catch (ReplayException | ServiceDefinitionException e) {
            err.println("replay: " + e.getMessage());
            return NOT_MADE;
        }
    }

    private void all(JournalReader reader, String condition) throws InterruptedException {
        List<ReplayedInvocation> invocations = reader.invocations(condition);
        List<ReplayedInvocation> ours = invocations.stream()
                .filter(invocation -> services.containsKey(invocation.service()))
                .toList();
        for (int from = 0; from < ours.size(); from += BATCH) {
            List<ReplayedInvocation> batch = ours.subList(from, Math.min(from + BATCH, ours.size()));
            Map<InvocationId, List<RawMessage>> journals = reader.journals(batch);
            for (ReplayedInvocation invocation : batch) {
                report(invocation, verdict(invocation, journals));
            }
        }
        invocations.stream()
                .filter(invocation -> !services.containsKey(invocation.service()))
                .forEach(other -> others.merge(other.service(), 1, Integer::sum));
        summarize(ours.size());
    }

    private Verdict verdict(ReplayedInvocation invocation, Map<InvocationId, List<RawMessage>> journals)
            throws InterruptedException {
        List<RawMessage> journal = journals.get(invocation.id());
        ServiceDefinition service = services.get(invocation.service());
        if (journal == null || service == null) {
            return new Verdict(Finding.UNKNOWN, "its journal could not be read as a whole, for entries are missing");
        }
        return invocation.replay(service, journal, TIMEOUT);
    }

    private void report(ReplayedInvocation invocation, Verdict verdict) {
        counts.merge(verdict.finding(), 1, Integer::sum);
        switch (verdict.finding()) {
            case FINE -> {}
            case DIVERGES -> report("diverges", invocation, verdict.text());
            case UNKNOWN -> report("unknown", invocation, verdict.text());
        }
    }

    private void report(String what, ReplayedInvocation invocation, String text) {
        out.print(what + ": " + invocation + "\n" + text.indent(2));
    }

    private void summarize(int replayed) {
        others.forEach((service, count) ->
                out.println("left out: " + count + " of " + service + ", a service that is not in --classpath"));
        out.println("%d replayed: %d fine, %d diverging, %d unknown"
                .formatted(replayed, count(Finding.FINE), count(Finding.DIVERGES), count(Finding.UNKNOWN)));
        out.flush();
    }

    private int count(Finding finding) {
        return counts.getOrDefault(finding, 0);
    }
}
