package dev.reprise.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reprise.interop.harness.Answer;
import dev.reprise.interop.harness.Eventually;
import dev.reprise.interop.harness.Json;
import dev.reprise.interop.harness.Ledger;
import dev.reprise.interop.harness.Parallel;
import dev.reprise.interop.harness.Sdk;
import dev.reprise.interop.harness.Server;
import dev.reprise.interop.harness.ServerKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * SIGKILL of our server, of a process with services of an official SDK, and of both, at random moments under load. What
 * was acknowledged ends, with the results its handler saw; a step whose result a handler saw never runs again; and
 * every call of an object counts once.
 */
final class KillTest {
    private static final int KILLS_OF_EACH = 2;
    private static final int BETWEEN_KILLS_MIN = 4;
    private static final int BETWEEN_KILLS_MAX = 12;
    private static final int STEPS = 4;
    private static final int TALLIES = 3;

    private enum Victim {
        SERVER,
        SERVICES,
        BOTH
    }

    @ParameterizedTest
    @EnumSource(names = {"TYPESCRIPT", "JAVA"})
    void kills_underLoad_loseNothingAndRepeatNothing(Sdk sdk) {
        long seed = new Random().nextLong();
        Run run = new Run(sdk, new Random(seed));
        try {
            run.disturb();
            run.check();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        } finally {
            run.end();
        }
    }

    /** One server and one process of services, a client that submits all the time, and who kills them. */
    private static final class Run {
        private final Sdk sdk;
        private final Random random;
        private final Server server = Server.start(ServerKind.REPRISE);
        private final Ledger ledger;
        private final Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
        private final Semaphore due = new Semaphore(0);
        private final AtomicBoolean stopped = new AtomicBoolean();

        Run(Sdk sdk, Random random) {
            this.sdk = sdk;
            this.random = random;
            ledger = Ledger.launch(sdk);
            server.register(ledger.process().address(), false);
        }

        void end() {
            stop();
            server.kill();
            ledger.process().kill();
        }

        /**
         * Each kill comes while some invocations run, some are just being acknowledged, and some are still to be
         * submitted.
         */
        void disturb() {
            CompletableFuture<Boolean> sending = Parallel.start(this::send);
            for (Victim victim : victims()) {
                int more = random.nextInt(BETWEEN_KILLS_MIN, BETWEEN_KILLS_MAX);
                int target = acknowledged.size() + random.nextInt(more);
                due.release(more);
                Eventually.until(
                        target + " invocations to be acknowledged",
                        () -> acknowledged.size() >= target || sending.isDone(),
                        server::describe);
                kill(victim);
            }
            stop();
            sending.join();
        }

        private void stop() {
            stopped.set(true);
            due.release();
        }

        private List<Victim> victims() {
            List<Victim> victims = new ArrayList<>();
            for (int i = 0; i < KILLS_OF_EACH; i++) {
                victims.addAll(List.of(Victim.values()));
            }
            Collections.shuffle(victims, random);
            return victims;
        }

        private void kill(Victim victim) {
            if (victim != Victim.SERVICES) {
                server.kill();
            }
            if (victim != Victim.SERVER) {
                ledger.process().kill();
                ledger.process().start();
            }
            if (victim != Victim.SERVICES) {
                server.start();
            }
        }

        /** Submits those that are due, each until it is acknowledged: its idempotency key makes that safe. */
        private boolean send() {
            due.acquireUninterruptibly();
            for (int number = 0; !stopped.get(); number++) {
                acknowledged.put(number, submit(number).invocationId());
                due.acquireUninterruptibly();
            }
            return true;
        }

        private Answer submit(int number) {
            String body = Json.write(Map.of("steps", STEPS, "tally", tally(number)));
            return Eventually.get(
                    "submission " + number + " to be accepted",
                    () -> {
                        try {
                            String path = "/Ledger" + sdk.prefix() + "/work/send";
                            return Optional.of(server.ask(path, body, Map.of("idempotency-key", "key-" + number)))
                                    .filter(answer -> answer.status() == 202);
                        } catch (IOException _) {
                            return Optional.empty(); // the server is down, and will be back
                        }
                    },
                    server::describe);
        }

        private static String tally(int number) {
            return "tally-" + number % TALLIES;
        }

        void check() {
            Map<String, JsonNode> results = new HashMap<>();
            acknowledged
                    .values()
                    .forEach(id ->
                            results.put(id, server.attach(id).expect(200, "").json()));
            assertThat(results).hasSameSizeAs(acknowledged);
            requireEachCallCounted();
            Map<String, Map<String, String>> seen = requireNothingRepeated(ledger.notes());
            results.forEach((id, result) -> requireSeen(id, result, seen.getOrDefault(id, Map.of())));
            results.keySet().forEach(this::requireWholeJournal);
        }

        /** Each invocation adds 1 by a call, which it waits for, and 1 by a send, which arrives some time. */
        private void requireEachCallCounted() {
            int expected = 2 * acknowledged.size();
            Eventually.until("a sum of " + expected, () -> sum() == expected, () -> "the sum is " + sum());
        }

        private int sum() {
            int sum = 0;
            for (int i = 0; i < TALLIES; i++) {
                sum += server.call("/Tally" + sdk.prefix() + "/" + tally(i) + "/sum", null)
                        .json()
                        .asInt();
            }
            return sum;
        }

        /**
         * A handler sees the result of a step only when it is recorded. So from then on the step must not be executed,
         * and every attempt must see this result. Answers what was seen, by invocation and step.
         */
        private static Map<String, Map<String, String>> requireNothingRepeated(List<Ledger.Note> notes) {
            Map<String, Map<String, String>> seen = new HashMap<>();
            for (Ledger.Note note : notes) {
                Map<String, String> steps = seen.computeIfAbsent(note.invocation(), _ -> new HashMap<>());
                if (note.isSeen()) {
                    String first = steps.computeIfAbsent(note.step(), _ -> note.value());
                    assertThat(note.value()).as("what is seen now, %s", note).isEqualTo(first);
                } else {
                    assertThat(steps).as("what is seen, %s", note).doesNotContainKey(note.step());
                }
            }
            return seen;
        }

        private static void requireSeen(String id, JsonNode result, Map<String, String> seen) {
            List<String> values = new ArrayList<>();
            result.forEach(value -> values.add(value.asText()));
            assertThat(values)
                    .as("the result of %s", id)
                    .hasSize(STEPS + 3)
                    .containsExactlyInAnyOrderElementsOf(seen.values());
        }

        /** The journal has each step once, and one result for each. */
        private void requireWholeJournal(String id) {
            JsonNode rows = server.query("SELECT entry_type, count(*) AS many FROM sys_journal WHERE id = '" + id
                    + "' AND entry_type IN ('Command: Run', 'Notification: Run') GROUP BY entry_type");
            assertThat(rows).as("steps and results of %s", id).hasSize(2);
            rows.forEach(
                    row -> assertThat(row.path("many").asInt()).as("%s", row).isEqualTo(STEPS + 3));
        }
    }
}
