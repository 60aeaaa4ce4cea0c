package dev.reprise.examples.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.examples.trip.TaskLog;
import dev.reprise.protocol.id.InvocationId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Sends a trip to an engine in a child process, kills that process with SIGKILL while the trip's tasks are under way,
 * starts it again on the same data, and shows what happened. What is printed comes from the journal and from the tasks'
 * own log. Ends with 0 only if the answer is right, a task had been recorded, and none of those ran twice.
 */
@SuppressWarnings("SystemOut") // a program's output
public final class Demo {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRIP = "{\"traveller\":\"Ada\",\"city\":\"Lisbon\"}";
    static final String EXPECTED = """
            {"flight":"Lufthansa to Lisbon","hotel":"Hotel Lisbon Central",\
            "transfer":"the bus, the rental took too long",\
            "tickets":["museum ticket","opera ticket","none: the concert is cancelled"]}""";
    private static final int TASKS_BEFORE_KILL = 4;
    private static final long WAIT_MILLIS_MAX = 60_000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path folder;
    private final TaskLog log;

    private Demo(Path folder) {
        this.folder = folder;
        this.log = new TaskLog(folder.resolve("tasks.log"));
    }

    /**
     * Runs the demo in a temporary folder.
     *
     * @param args {@code --keep} to go on serving the web page afterwards, until the program is ended
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        // The journal is read by an engine without services, which finds no handler for the trip: that is not worth a
        // line.
        System.setProperty("reprise.examples.attempts", "ERROR");
        Path folder = Files.createTempDirectory("reprise-demo");
        boolean passed;
        try {
            passed = new Demo(folder).run(List.of(args).contains("--keep"));
        } finally {
            delete(folder);
        }
        System.exit(passed ? 0 : 1);
    }

    private boolean run(boolean keep) throws IOException, InterruptedException {
        InvocationId id;
        long first;
        try (TripProcess process = TripProcess.start(folder)) {
            first = process.pid();
            id = send(process);
            System.out.println("A trip to Lisbon is planned by " + id + " in process " + first + ".");
            awaitTasks(first);
            process.kill();
        }
        System.out.println("Process " + first + " was killed with SIGKILL.");
        Journal before = Journal.read(folder, id);
        String answer;
        long second;
        try (TripProcess next = TripProcess.start(folder)) {
            second = next.pid();
            System.out.println("Process " + second + " goes on with the same data.\n");
            answer = attach(next, id);
        }
        Journal after = Journal.read(folder, id);
        Timeline timeline = new Timeline(log.read(), before, after, first, second);
        timeline.print(System.out);
        boolean passed = judge(answer, timeline);
        System.out.println(timeline.summary());
        if (keep) {
            show(id);
        }
        return passed;
    }

    /** Serves the page until this program is ended. */
    private void show(InvocationId id) throws IOException, InterruptedException {
        try (TripProcess kept = TripProcess.start(folder)) {
            Runtime.getRuntime().addShutdownHook(new Thread(kept::close));
            System.out.println("\nIts timeline, until you press Ctrl-C: " + kept.page() + "invocations/" + id);
            kept.await();
        }
    }

    private InvocationId send(TripProcess server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri("/TripPlanner/plan/send")))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(TRIP))
                .build();
        JsonNode answer = JSON.readTree(answerOf(request, 202));
        return InvocationId.parse(answer.path("invocationId").asText());
    }

    private String attach(TripProcess server, InvocationId id) throws IOException, InterruptedException {
        String path = "/restate/invocation/" + id + "/attach";
        return answerOf(
                HttpRequest.newBuilder(URI.create(server.uri(path))).GET().build(), 200);
    }

    private String answerOf(HttpRequest request, int expectedStatus) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != expectedStatus) {
            throw new IOException(
                    request.uri() + " was answered with " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    /** Waits until some tasks have ended while others are under way. */
    private void awaitTasks(long process) throws IOException, InterruptedException {
        long deadline = System.currentTimeMillis() + WAIT_MILLIS_MAX;
        Set<String> ended = new TreeSet<>();
        while (ended.size() < TASKS_BEFORE_KILL) {
            if (System.currentTimeMillis() > deadline) {
                throw new IOException("only these tasks ended in time: " + ended);
            }
            Thread.sleep(20);
            log.read().stream()
                    .filter(line -> line.ended() && line.process() == process)
                    .forEach(line -> ended.add(line.task()));
        }
        // Time for the last one to be recorded, or not: both are right.
        Thread.sleep(100);
    }

    /** Whether the answer is right, something was recorded before the kill, and nothing of that ran again. */
    static boolean judge(String answer, Timeline timeline) throws IOException {
        List<String> ranTwice = timeline.ranTwiceThoughRecorded();
        boolean recorded = !timeline.before().recorded().isEmpty();
        boolean right = JSON.readTree(answer).equals(JSON.readTree(EXPECTED));
        System.out.println("\nThe answer: " + answer);
        System.out.println(right ? "It is right." : "It is WRONG, expected: " + EXPECTED);
        if (!recorded) {
            System.out.println("Nothing was recorded before the kill, so nothing is shown. Run the demo again.");
        } else {
            System.out.println(
                    ranTwice.isEmpty() ? "No recorded task ran twice." : "Recorded, and still run again: " + ranTwice);
        }
        return right && recorded && ranTwice.isEmpty();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
