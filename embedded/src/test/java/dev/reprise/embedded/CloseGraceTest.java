package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.ClientInvocation;
import dev.reprise.sdk.service.ServiceDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What executes while the engine is closed, or its invocation paused: it ends and is recorded, within a bounded time.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CloseGraceTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Target STEP = Target.service("Tested", "step");

    @TempDir
    private Path folder;

    private final AtomicInteger executions = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    private Reprise start(Duration grace) {
        return Reprise.embedded()
                .folder(folder)
                .closeGrace(grace)
                .bind(ServiceDefinition.service("Tested")
                        .handler("step", String.class, String.class, (ctx, _) -> step(ctx))
                        .handler("sleep", String.class, String.class, (ctx, _) -> {
                            begun.countDown();
                            ctx.sleep(LONG);
                            return "slept";
                        })
                        .build())
                .start();
    }

    private String step(Context ctx) {
        String done = ctx.run("step", String.class, () -> {
            begun.countDown();
            mayEnd.await();
            return "execution " + executions.incrementAndGet();
        });
        return done + ", " + ctx.run("next", String.class, () -> "next");
    }

    @Test
    void close_whileARunExecutes_letsItEndAndBeRecorded() throws InterruptedException {
        Reprise reprise = start(LONG);
        String id = reprise.client().send(STEP, "").id();
        begun.await();
        Thread closing = Thread.ofPlatform().start(reprise::close);
        awaitWaiting(closing);
        mayEnd.countDown();
        closing.join();

        try (Reprise again = start(LONG)) {
            assertThat(again.client().invocation(id).attach(String.class)).isEqualTo("execution 1, next");
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void close_whileAHandlerWaits_doesNotWaitForIt() throws InterruptedException {
        Reprise reprise = start(LONG);
        reprise.client().send(Target.service("Tested", "sleep"), "");
        begun.await();

        reprise.close();
    }

    @Test
    void close_whileARunNeverEnds_cutsItAfterTheGrace() throws InterruptedException {
        Reprise reprise = start(Duration.ofMillis(50));
        String id = reprise.client().send(STEP, "").id();
        begun.await();
        reprise.close();
        mayEnd.countDown();

        try (Reprise again = start(LONG)) {
            assertThat(again.client().invocation(id).attach(String.class)).startsWith("execution ");
        }
    }

    @Test
    void pause_whileARunExecutes_letsItEndAndBeRecorded() throws InterruptedException {
        try (Reprise reprise = start(Duration.ZERO)) {
            ClientInvocation sent = reprise.client().send(STEP, "");
            begun.await();
            sent.pause();
            assertThat(statusOf(reprise, sent)).isInstanceOf(InvocationStatus.Invoked.class);
            mayEnd.countDown();
            while (!(statusOf(reprise, sent) instanceof InvocationStatus.Paused)) {
                Thread.onSpinWait();
            }
            sent.resume();

            assertThat(sent.attach(String.class)).isEqualTo("execution 1, next");
        }
    }

    private static InvocationStatus statusOf(Reprise reprise, ClientInvocation invocation) {
        return reprise.engine()
                .views()
                .invocation(InvocationId.parse(invocation.id()))
                .join()
                .orElseThrow()
                .status();
    }
}
