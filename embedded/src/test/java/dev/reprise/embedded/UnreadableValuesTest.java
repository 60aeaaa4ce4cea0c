package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.sdk.RunOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.ClientInvocation;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was recorded and cannot be read, on the whole engine. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnreadableValuesTest {
    private final AtomicInteger attempts = new AtomicInteger();

    /** Writes well and never reads. */
    private static final class OneWay implements Serde<String> {
        @Override
        public Bytes serialize(String value) {
            return Bytes.utf8(value);
        }

        @Override
        public String deserialize(Bytes bytes) {
            throw new SerdeException("of another age", null);
        }
    }

    /** Neither an exception nor an error. */
    private static final class Custom extends Throwable {
        private static final long serialVersionUID = 1L;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the compiler takes E for something unchecked
    private static <E extends Throwable> String sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void result_thatCannotBeRead_pausesTheInvocationAfterOneAttempt() throws InterruptedException {
        ServiceDefinition service = ServiceDefinition.service("Tested")
                .handler("run", String.class, String.class, (ctx, _) -> {
                    attempts.incrementAndGet();
                    return ctx.run(RunOptions.named("step"), new OneWay(), () -> "x");
                })
                .build();
        try (Reprise reprise = Reprise.embedded().bind(service).start()) {
            ClientInvocation sent = reprise.client().send(Target.service("Tested", "run"), "");

            awaitPaused(reprise, sent.id());

            assertThat(attempts).hasValue(1);
            sent.kill();
        }
    }

    private static void awaitPaused(Reprise reprise, String id) throws InterruptedException {
        while (!(reprise.engine()
                        .views()
                        .invocation(InvocationId.parse(id))
                        .join()
                        .orElseThrow()
                        .status()
                instanceof InvocationStatus.Paused)) {
            Thread.onSpinWait();
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    @Test
    void closure_throwsWhatIsNeitherExceptionNorError_isRetried() {
        ServiceDefinition service = ServiceDefinition.service("Tested")
                .handler(
                        "run",
                        String.class,
                        String.class,
                        (ctx, _) -> ctx.run(
                                "step",
                                String.class,
                                () -> attempts.incrementAndGet() == 1
                                        ? UnreadableValuesTest.<RuntimeException>sneaky(new Custom())
                                        : "done"))
                .build();
        try (Reprise reprise = Reprise.embedded().bind(service).start()) {
            assertThat(reprise.client().call(Target.service("Tested", "run"), "", String.class))
                    .isEqualTo("done");
        }
    }
}
