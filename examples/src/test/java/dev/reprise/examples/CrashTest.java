package dev.reprise.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reprise.embedded.Reprise;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGKILL at random moments under load, on a real disk: what was accepted completes with the right answer, and no run
 * that the journal held at a kill is executed again.
 */
@SuppressWarnings("SystemOut") // the seed, so that a failure can be repeated
@Tag("process")
class CrashTest {
    private static final Logger LOG = LoggerFactory.getLogger(CrashTest.class);
    private static final int ROUNDS = 20;
    private static final int STEPS = 8;
    private static final int SENDERS = 4;
    private static final int FORKING_EACH = 20;
    private static final String ANSWER = Integer.toString(STEPS * (STEPS - 1) / 2);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<InvocationId> accepted = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger attempted = new AtomicInteger();
    /** Runs found in the journal while the process was dead, with how often their code had run by then. */
    private final Map<String, Integer> executionsWhenRecorded = new HashMap<>();

    private record Server(Process process, int port) {
        static Server start(Path folder) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            CrashServer.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String port = process.inputReader(StandardCharsets.UTF_8).readLine();
            assertThat(port).as("the port the server printed").isNotNull();
            return new Server(process, Integer.parseInt(port));
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void sigkillAtRandomMoments_nothingAcceptedIsLostAndNothingRecordedRunsAgain()
            throws IOException, InterruptedException, ExecutionException {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        System.out.println("CrashTest kills as -Dcrash.seed=" + seed + " says");
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Server server = Server.start(folder);
            loadUntilKilled(server, 20 + random.nextInt(400));
            noteWhatIsRecorded();
        }
        Server last = Server.start(folder);
        for (InvocationId id : accepted) {
            assertThat(answer(last, id)).as("the answer of " + id).isEqualTo(ANSWER);
        }
        assertThat(count(last)).as("the tally").isBetween((long) accepted.size(), (long) attempted.get());
        last.process().destroyForcibly().waitFor();
        assertThat(accepted).hasSizeGreaterThan(ROUNDS);
        assertThat(executionsWhenRecorded).isNotEmpty();
        Map<String, Integer> executions = executions();
        executionsWhenRecorded.forEach((run, count) ->
                assertThat(executions).as("executions of " + run).containsEntry(run, count));
    }

    /** Sends from several threads, kills the server meanwhile, and fails if it ended before. */
    private void loadUntilKilled(Server server, int millis) throws InterruptedException, ExecutionException {
        List<Future<?>> senders = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SENDERS; i++) {
                senders.add(threads.submit(() -> sendUntilKilled(server)));
            }
            boolean ended = server.process().waitFor(millis, TimeUnit.MILLISECONDS);
            server.process().destroyForcibly().waitFor();
            assertThat(ended).as("the server ended by itself").isFalse();
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
    }

    private @Nullable Void sendUntilKilled(Server server) throws InterruptedException {
        try {
            while (server.process().isAlive()) {
                // Now and then a handler of many branches, of which each kill catches some in the middle.
                boolean forks = attempted.incrementAndGet() % FORKING_EACH == 1;
                accepted.add(send(server, forks ? "fork" : "go"));
            }
        } catch (IOException e) {
            // The process was killed while this request was under way: accepted or not, nobody was told.
            LOG.debug("a request was cut", e);
        }
        return null;
    }

    private InvocationId send(Server server, String handler) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/Steps/" + handler + "/send"))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Integer.toString(STEPS)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(202);
        return InvocationId.parse(
                JSON.readTree(response.body()).path("invocationId").asText());
    }

    private String answer(Server server, InvocationId id) throws IOException, InterruptedException {
        URI uri = URI.create("http://localhost:" + server.port() + "/restate/invocation/" + id + "/attach");
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What the tally has counted, itself not included: what was accepted, and perhaps what was cut. */
    private long count(Server server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.port() + "/Tally/tally/add"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("0"))
                .build();
        return Long.parseLong(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private void noteWhatIsRecorded() throws IOException {
        Map<String, Integer> executions = executions();
        try (Reprise reader = Reprise.embedded().folder(folder).start()) {
            for (InvocationId id : accepted) {
                for (String run : recordedRuns(reader.engine().journal(id).join())) {
                    String key = id + " " + run;
                    executionsWhenRecorded.putIfAbsent(key, executions.getOrDefault(key, 0));
                }
            }
        }
    }

    private static Set<String> recordedRuns(List<RawMessage> journal) {
        Map<Integer, String> names = new HashMap<>();
        Set<String> recorded = new TreeSet<>();
        for (RawMessage entry : journal) {
            if (entry.type() == MessageType.RUN.code()) {
                Command.Run run = (Command.Run) MessageCodec.decode(entry);
                names.put(run.resultCompletionId(), run.name());
            } else if (entry.type() == MessageType.RUN_COMPLETION.code()
                    && ((Notification) MessageCodec.decode(entry)).id() instanceof CompletionId(int number)) {
                recorded.add(String.valueOf(names.get(number)));
            }
        }
        return recorded;
    }

    private Map<String, Integer> executions() throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        Path file = folder.resolve("executions");
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(line -> counts.merge(line, 1, Integer::sum));
        }
        return counts;
    }
}
