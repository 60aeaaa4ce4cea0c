package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.annotation.Workflow;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.testkit.RepriseExtension;
import dev.reprise.testkit.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignupTest {
    @Workflow
    public static class Signup {
        @Handler
        public String run(WorkflowContext ctx, String email) {
            ctx.run("send link to " + email, () -> {});
            return ctx.promise("confirmed", Boolean.class)
                    .get()
                    .orTimeout(Duration.ofDays(30))
                    .map(_ -> "confirmed")
                    .recover(_ -> "forgotten")
                    .await();
        }

        @Shared
        public void confirm(SharedWorkflowContext ctx) {
            ctx.promise("confirmed", Boolean.class).resolve(true);
        }
    }

    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(new Signup());

    @Test
    void signup_nobodyConfirms_isForgottenAfterThirtyDays(Client client, VirtualClock clock) {
        Instant begin = clock.instant();

        assertThat(client.workflow(Signup.class, "ada").call(Signup::run, "ada@example.com"))
                .isEqualTo("forgotten");

        assertThat(clock.instant()).isAfterOrEqualTo(begin.plus(Duration.ofDays(30)));
    }

    @Test
    void signup_confirmedOnTheLastDay_isConfirmed(Client client, VirtualClock clock) {
        TypedClient<Signup> signup = client.workflow(Signup.class, "ada");
        SentInvocation<String> sent = signup.send(Signup::run, "ada@example.com");

        clock.advance(Duration.ofDays(29));
        assertThat(sent.output()).isEmpty();
        signup.call(Signup::confirm);

        assertThat(sent.attach()).isEqualTo("confirmed");
    }
}
