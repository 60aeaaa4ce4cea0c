package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.VirtualObject;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.ClientInvocation;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedTest {
    private static final BlockingQueue<String> EVENTS = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    /** All kinds of things a service does. */
    @Service
    public static final class Tasks {
        private final AtomicInteger executions = new AtomicInteger();

        @Handler
        public String greet(Context ctx, String name) {
            return ctx.run("greet", String.class, () -> "Hello " + name);
        }

        @Handler
        public List<String> all(Context ctx, int count) {
            List<RestatePromise<String>> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                runs.add(ctx.runAsync("step " + i, String.class, () -> "r" + number));
            }
            return RestatePromise.all(runs).await();
        }

        @Handler
        public String failing(Context ctx) {
            throw new TerminalException(418, "short and stout");
        }

        @Handler
        public int flaky(Context ctx, int failures) {
            int attempt = executions.incrementAndGet();
            if (attempt <= failures) {
                throw new IllegalStateException("attempt " + attempt);
            }
            return attempt;
        }

        @Handler
        public String sleepy(Context ctx, int millis) {
            ctx.sleep(Duration.ofMillis(millis));
            return "slept";
        }

        @Handler
        public String waiting(Context ctx) {
            Awakeable<String> awakeable = ctx.awakeable(String.class);
            ctx.run("tell", () -> EVENTS.add(awakeable.id()));
            return awakeable.await();
        }

        @Handler
        public String calling(Context ctx, String name) {
            RestatePromise<String> first = ctx.service(Tasks.class).call(Tasks::greet, name);
            RestatePromise<Long> second = ctx.object(Counter.class, name).call(Counter::add, 5L);
            return RestatePromise.all(first, second).map((a, b) -> a + b).await();
        }

        @Handler
        public List<String> settled(Context ctx) {
            return RestatePromise.allSettled(
                            ctx.service(Tasks.class).call(Tasks::greet, "x"),
                            ctx.service(Tasks.class).call(Tasks::failing))
                    .await()
                    .stream()
                    .map(s ->
                            s instanceof Settled.Rejected<String> r ? r.reason().getMessage() : s.orThrow())
                    .toList();
        }

        @Handler
        public String timeout(Context ctx) {
            return ctx.awakeable(String.class)
                    .promise()
                    .orTimeout(Duration.ofMillis(50))
                    .recover(e -> "late")
                    .await();
        }
    }

    /** A counter. */
    @VirtualObject
    public static final class Counter {
        private static final StateKey<Long> COUNT = StateKey.of("count", Long.class);

        @Handler
        public long add(ObjectContext ctx, long amount) {
            long next = ctx.get(COUNT).orElse(0L) + amount;
            ctx.set(COUNT, next);
            return next;
        }

        @Shared
        public long get(SharedObjectContext ctx) {
            return ctx.get(COUNT).orElse(0L);
        }
    }

    /** A workflow that waits for an approval. */
    @Workflow
    public static final class Approval {
        @Handler
        public String run(WorkflowContext ctx, String what) {
            return what + ": " + ctx.promise("decision", String.class).get().await();
        }

        @Shared
        public void decide(SharedWorkflowContext ctx, String decision) {
            ctx.promise("decision", String.class).resolve(decision);
        }
    }

    @BeforeEach
    void forgetEvents() {
        EVENTS.clear();
    }

    private static void awaitSuspended(Reprise reprise, String id) {
        InvocationId invocation = InvocationId.parse(id);
        while (!(reprise.engine()
                        .views()
                        .invocation(invocation)
                        .join()
                        .orElseThrow()
                        .status()
                instanceof InvocationStatus.Suspended)) {
            Thread.onSpinWait();
        }
    }

    private static Reprise.Builder services() {
        return Reprise.embedded().bind(new Tasks()).bind(new Counter()).bind(new Approval());
    }

    @Test
    void call_ofAService_givesItsResult() {
        try (Reprise reprise = services().start()) {
            TypedClient<Tasks> tasks = reprise.client().service(Tasks.class);

            assertThat(tasks.call(Tasks::greet, "Ada")).isEqualTo("Hello Ada");
            assertThat(tasks.call(Tasks::all, 100)).hasSize(100).startsWith("r0", "r1");
            assertThat(tasks.call(Tasks::settled)).containsExactly("Hello x", "short and stout");
            assertThat(tasks.call(Tasks::timeout)).isEqualTo("late");
            assertThat(tasks.call(Tasks::sleepy, 30)).isEqualTo("slept");
        }
    }

    @Test
    void call_thatFailsForGood_throwsItsFailure() {
        try (Reprise reprise = services().start()) {
            TypedClient<Tasks> tasks = reprise.client().service(Tasks.class);

            assertThatThrownBy(() -> tasks.call(Tasks::failing)).isInstanceOfSatisfying(ClientException.class, e -> {
                assertThat(e.code()).isEqualTo(418);
                assertThat(e).hasMessage("short and stout");
            });
        }
    }

    @Test
    void attempt_thatFails_isTriedAgain() {
        try (Reprise reprise = services().start()) {
            assertThat(reprise.client().service(Tasks.class).call(Tasks::flaky, 3))
                    .isEqualTo(4);
        }
    }

    @Test
    void calls_betweenHandlersOfManyPartitions_complete() {
        try (Reprise reprise = services().folder(folder).start()) {
            TypedClient<Tasks> tasks = reprise.client().service(Tasks.class);
            List<CompletableFuture<String>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(tasks.callAsync(Tasks::calling, "k" + i, CallOptions.NONE));
            }
            for (int i = 0; i < 200; i++) {
                assertThat(calls.get(i).join()).isEqualTo("Hello k" + i + "5");
            }
        }
    }

    @Test
    void object_manyCallsAtOnce_runOneAfterTheOther() {
        try (Reprise reprise = services().start()) {
            TypedClient<Counter> counter = reprise.client().object(Counter.class, "c");
            List<CompletableFuture<Long>> calls = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                calls.add(counter.callAsync(Counter::add, 1L, CallOptions.NONE));
            }
            calls.forEach(CompletableFuture::join);
            assertThat(counter.call(Counter::get)).isEqualTo(500);
        }
    }

    @Test
    void awakeable_resolvedFromOutside_goesOn() throws InterruptedException {
        try (Reprise reprise = services().start()) {
            SentInvocation<String> sent = reprise.client().service(Tasks.class).send(Tasks::waiting);
            String awakeable = EVENTS.poll(30, TimeUnit.SECONDS);
            assertThat(sent.output()).isEmpty();
            reprise.client().resolveAwakeable(String.valueOf(awakeable), "done");
            assertThat(sent.attach()).isEqualTo("done");
            assertThat(sent.output()).contains("done");
        }
    }

    @Test
    void suspended_andReopened_goesOnWhereItWas() throws InterruptedException {
        String id;
        String awakeable;
        try (Reprise reprise = services()
                .folder(folder)
                .config(EngineConfig.builder().inactivityTimeout(Duration.ZERO).build())
                .start()) {
            id = reprise.client().service(Tasks.class).send(Tasks::waiting).id();
            awakeable = String.valueOf(EVENTS.poll(30, TimeUnit.SECONDS));
            awaitSuspended(reprise, id);
        }
        try (Reprise reprise = services().folder(folder).start()) {
            reprise.client().resolveAwakeable(awakeable, "later");
            assertThat(reprise.client().invocation(id).attach(String.class)).isEqualTo("later");
            assertThat(EVENTS).isEmpty();
        }
    }

    @Test
    void workflow_runsOncePerKey() {
        try (Reprise reprise = services().start()) {
            TypedClient<Approval> approval = reprise.client().workflow(Approval.class, "w1");
            SentInvocation<String> sent = approval.send(Approval::run, "trip");
            approval.call(Approval::decide, "yes");
            assertThat(sent.attach()).isEqualTo("trip: yes");
            assertThat(sent.existedBefore()).isFalse();
            SentInvocation<String> again = approval.send(Approval::run, "again");
            assertThat(again.id()).isEqualTo(sent.id());
            assertThat(again.existedBefore()).isTrue();
            assertThat(reprise.client().workflowRun("Approval", "w1").id()).isEqualTo(sent.id());
            assertThatThrownBy(() -> approval.call(Approval::run, "again"))
                    .isInstanceOfSatisfying(
                            ClientException.class, e -> assertThat(e.code()).isEqualTo(409));
        }
    }

    @Test
    void idempotencyKey_sameKey_sameResult() {
        try (Reprise reprise = services().start()) {
            TypedClient<Counter> counter = reprise.client().object(Counter.class, "i");
            CallOptions once = CallOptions.idempotencyKey("once");
            assertThat(counter.call(Counter::add, 1L, once)).isEqualTo(1);
            assertThat(counter.call(Counter::add, 1L, once)).isEqualTo(1);
            assertThat(counter.call(Counter::get)).isEqualTo(1);
        }
    }

    @Test
    void cancel_reachesAWaitingAndAScheduledInvocation() throws InterruptedException {
        try (Reprise reprise = services().start()) {
            Client client = reprise.client();
            ClientInvocation waiting =
                    client.service(Tasks.class).send(Tasks::waiting).invocation();
            EVENTS.poll(30, TimeUnit.SECONDS);
            waiting.cancel();
            assertThatThrownBy(() -> waiting.attach(String.class)).isInstanceOfSatisfying(ClientException.class, e -> {
                assertThat(e.code()).isEqualTo(409);
                assertThat(e.reason()).isEqualTo(ClientException.Reason.INVOCATION_FAILED);
                assertThat(e.invocationId()).contains(waiting.id());
            });
            SentInvocation<String> scheduled =
                    client.service(Tasks.class).send(Tasks::greet, "later", SendOptions.delay(Duration.ofHours(1)));
            scheduled.invocation().cancel();
            assertThatThrownBy(scheduled::attach).isInstanceOf(ClientException.class);
        }
    }

    @Test
    void delayedSend_runsWhenItsTimeHasCome() {
        try (Reprise reprise = services().start()) {
            SentInvocation<String> sent = reprise.client()
                    .service(Tasks.class)
                    .send(Tasks::greet, "late", SendOptions.delay(Duration.ofMillis(50)));
            assertThat(sent.attach()).isEqualTo("Hello late");
        }
    }

    @Test
    void folder_inUse_isRefusedAndFreeAfterwards() {
        try (Reprise first = services().folder(folder).start()) {
            assertThat(first.client()).isNotNull();
            assertThatThrownBy(() -> services().folder(folder).start()).hasMessageContaining("in use");
        }
        services().folder(folder).start().close();
    }

    @Test
    void folder_thatCannotBeOpened_isRefusedAndFreeAfterwards() throws IOException {
        services().folder(folder).start().close();
        EngineConfig more = EngineConfig.builder().partitions(7).build();
        assertThatThrownBy(() -> services().config(more).folder(folder).start())
                .hasMessageContaining("partitions, the configuration says 7");
        Path format = folder.resolve("store/FORMAT");
        String known = Files.readString(format);
        Files.writeString(format, "reprise store 99");
        assertThatThrownBy(() -> services().folder(folder).start()).hasMessageContaining("version 99");
        Files.writeString(format, known);
        services().folder(folder).start().close();
    }

    @Test
    void unknownHandler_isATerminalFailureThatNamesIt() {
        try (Reprise reprise = services().start()) {
            assertThatThrownBy(() -> reprise.client().call(Target.service("Tasks", "dance"), "x", String.class))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("dance");
        }
    }
}
