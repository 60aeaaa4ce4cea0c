package dev.reprise.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.RetryPolicy;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.ServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RepriseExtensionTest {
    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(new Approval(), new Steps(), patient());

    /** A service whose attempts would stay open for an hour while they wait. */
    private static ServiceDefinition patient() {
        AtomicInteger tries = new AtomicInteger();
        return ServiceDefinition.service("Patient")
                .options(HandlerOptions.builder()
                        .inactivityTimeout(Duration.ofHours(1))
                        .build())
                .handler("sleepBesideARetry", Void.class, String.class, (ctx, nothing) -> {
                    var step = ctx.runAsync(
                            RunOptions.named("flaky").withRetryPolicy(RetryPolicy.fixed(Duration.ofMinutes(1))),
                            String.class,
                            () -> {
                                if (tries.incrementAndGet() < 3) {
                                    throw new IllegalStateException("not yet");
                                }
                                return "done";
                            });
                    ctx.sleep(Duration.ofDays(1));
                    return step.await();
                })
                .build();
    }

    @Test
    void attempt_thatWouldStayOpenWhileItWaits_isSuspendedAllTheSame() {
        assertThat(reprise.client().call(Target.service("Patient", "sleepBesideARetry"), null, String.class))
                .isEqualTo("done");
    }

    /** Waits a month for a decision. */
    @Workflow
    static final class Approval {
        @Handler
        String run(WorkflowContext ctx, String what) {
            return ctx.promise("decision", String.class)
                    .get()
                    .orTimeout(Duration.ofDays(30))
                    .recover(_ -> "nobody decided")
                    .map(decision -> what + ": " + decision)
                    .await();
        }

        @Shared
        void decide(SharedWorkflowContext ctx, String decision) {
            ctx.promise("decision", String.class).resolve(decision);
        }
    }

    /** Steps, some of them wrong. */
    @Service
    static final class Steps {
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger starts = new AtomicInteger();

        @Handler
        int flaky(Context ctx) {
            return ctx.run("flaky", Integer.class, () -> {
                if (runs.incrementAndGet() < 5) {
                    throw new IllegalStateException("not yet");
                }
                return runs.get();
            });
        }

        @Handler
        String sleepy(Context ctx) {
            ctx.sleep(Duration.ofDays(365));
            return "slept";
        }

        @Handler
        String changing(Context ctx) {
            String name = "start " + starts.incrementAndGet();
            String result = ctx.run(name, String.class, () -> name);
            ctx.sleep(Duration.ofDays(1));
            return result;
        }
    }

    @Test
    void wait_ofAMonth_isOverAtOnce(Client client, VirtualClock clock) {
        Instant begin = clock.instant();
        assertThat(client.workflow(Approval.class, "trip").call(Approval::run, "trip"))
                .isEqualTo("trip: nobody decided");
        assertThat(clock.instant()).isAfterOrEqualTo(begin.plus(Duration.ofDays(30)));
    }

    @Test
    void time_standsStillWhileTheTestActs(Client client, VirtualClock clock) {
        TypedClient<Approval> approval = client.workflow(Approval.class, "trip");
        SentInvocation<String> sent = approval.send(Approval::run, "trip");
        clock.advance(Duration.ofDays(29));
        assertThat(sent.output()).isEmpty();
        approval.call(Approval::decide, "yes");
        assertThat(sent.attach()).isEqualTo("trip: yes");
    }

    @Test
    void advance_reachesWhatIsDue(Client client, VirtualClock clock) {
        SentInvocation<String> sent =
                client.service(Steps.class).send(Steps::sleepy, SendOptions.delay(Duration.ofDays(10)));
        clock.advance(Duration.ofDays(374));
        assertThat(sent.output()).isEmpty();
        clock.advance(Duration.ofDays(1));
        assertThat(sent.output()).contains("slept");
    }

    @Test
    void retries_doNotTakeTheirTime(Client client) {
        assertThat(client.service(Steps.class).call(Steps::flaky)).isEqualTo(5);
    }

    @Test
    void service_withoutAnnotations_isServed() {
        RepriseExtension other = RepriseExtension.of(ServiceDefinition.service("Echo")
                .handler("say", String.class, String.class, (_, text) -> text)
                .build());
        other.start();
        assertThat(other.client().call(Target.service("Echo", "say"), "hello", String.class))
                .isEqualTo("hello");
        other.stop();
    }

    @Test
    void replay_thatDiffers_failsTheTestWithBothCommands() {
        RepriseExtension other = RepriseExtension.of(new Steps());
        other.start();
        Client client = other.client();
        assertThatThrownBy(() -> client.service(Steps.class).call(Steps::changing))
                .isInstanceOf(ClientException.class);
        assertThatThrownBy(other::stop)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("start 1")
                .hasMessageContaining("start 2");
    }
}
