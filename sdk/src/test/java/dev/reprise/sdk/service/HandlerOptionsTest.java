package dev.reprise.sdk.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HandlerOptionsTest {
    private static final HandlerOptions WORKFLOW_RETENTION =
            HandlerOptions.builder().workflowRetention(Duration.ofDays(1)).build();
    private static final HandlerOptions IDEMPOTENCY_RETENTION =
            HandlerOptions.builder().idempotencyRetention(Duration.ofDays(1)).build();

    private static ServiceDefinition object() {
        return ServiceDefinition.object("O")
                .handler("a", Void.class, Integer.class, (ctx, nothing) -> 1)
                .build();
    }

    private static ServiceDefinition workflow() {
        return ServiceDefinition.workflow("W")
                .run("run", Void.class, Integer.class, (ctx, nothing) -> 1)
                .shared("peek", Void.class, Integer.class, (ctx, nothing) -> 1)
                .build();
    }

    @Test
    void negativeDuration_given_isRefused() {
        assertThatThrownBy(() -> HandlerOptions.builder()
                        .abortTimeout(Duration.ofMillis(-1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("Expected the abort timeout to be between zero and", "found PT-0.001S");
    }

    @Test
    void workflowRetention_onAnythingElse_isRefused() {
        assertThatThrownBy(() -> object().withOptions(WORKFLOW_RETENTION))
                .hasMessageContaining("only a workflow has one");
        assertThatThrownBy(() -> object().withOptions("a", WORKFLOW_RETENTION))
                .hasMessageContaining("Expected no workflow retention for O/a");
        assertThatThrownBy(() -> workflow().withOptions("peek", WORKFLOW_RETENTION))
                .hasMessageContaining("only a workflow's run handler has one");
        assertThat(workflow()
                        .withOptions("run", WORKFLOW_RETENTION)
                        .withOptions(WORKFLOW_RETENTION)
                        .options())
                .isEqualTo(WORKFLOW_RETENTION);
    }

    @Test
    void idempotencyRetention_onRunHandler_isRefused() {
        assertThatThrownBy(() -> workflow().withOptions("run", IDEMPOTENCY_RETENTION))
                .hasMessageContaining("Expected no idempotency retention for W/run");
        assertThat(workflow()
                        .withOptions("peek", IDEMPOTENCY_RETENTION)
                        .handler("peek")
                        .orElseThrow()
                        .options())
                .isEqualTo(IDEMPOTENCY_RETENTION);
    }

    @Test
    void accept_onWholeService_isRefused() {
        assertThatThrownBy(() -> object().withOptions(
                                HandlerOptions.builder().accept("*/*").build()))
                .hasMessageContaining("Say it for a handler");
    }

    @Test
    void retryPolicy_outOfBounds_isRefused() {
        InvocationRetryPolicy policy = InvocationRetryPolicy.NONE;

        assertThatThrownBy(() -> policy.withExponentiationFactor(0.5)).hasMessageContaining("at least 1, found 0.5");
        assertThatThrownBy(() -> policy.withInitialInterval(Duration.ofMillis(-1)))
                .hasMessageContaining("found PT-0.001S");
        assertThatThrownBy(() -> policy.withMaxInterval(Duration.ofMillis(-1))).hasMessageContaining("found PT-0.001S");
        assertThatThrownBy(() -> InvocationRetryPolicy.maxAttempts(0, InvocationRetryPolicy.OnMaxAttempts.KILL))
                .hasMessageContaining("Expected at least 1 attempt, found 0");
    }
}
