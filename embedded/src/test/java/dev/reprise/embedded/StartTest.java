package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.client.StallPolicy;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.sdk.service.ServiceDefinitionException;
import dev.reprise.sdk.service.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a start fails: as an endpoint's does. */
class StartTest {
    @TempDir
    Path folder;

    private static ServiceDefinition echo() {
        return ServiceDefinition.service("Echo")
                .handler("say", String.class, String.class, (ctx, text) -> text)
                .build();
    }

    private Reprise.Builder builder(Path path) {
        return Reprise.embedded().folder(path).bind(echo());
    }

    @Test
    void folder_inUse_isToldWithWhatToDo() {
        try (Reprise first = builder(folder).start()) {
            assertThatThrownBy(() -> builder(folder).start())
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("Expected to start, failed: the store in " + folder)
                    .hasMessageContaining("is in use by this process. Close the engine that has it")
                    .message()
                    .as("the folder is named once")
                    .containsOnlyOnce(folder.toString());
            first.client();
        }
    }

    @Test
    void folder_thatIsAFile_isToldWithWhatToDo() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> builder(file).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("It must be a folder that this process may read and write");
    }

    @Test
    void handler_ofAnInvocationThatIsBoundNoMore_isToldWithWhatToDo() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        ServiceDefinition waiting = ServiceDefinition.service("Waiting")
                .handler("wait", String.class, String.class, (ctx, text) -> {
                    ctx.run("begin", begun::countDown);
                    return ctx.awakeable(String.class).await();
                })
                .build();
        String id;
        try (Reprise before = builder(folder).bind(waiting).start()) {
            id = before.client()
                    .send(Target.service("Waiting", "wait"), "for Ada")
                    .id();
            begun.await();
        }
        try (Reprise after = builder(folder).start()) {
            Client impatient = after.client().with(StallPolicy.WAIT.failingAfter(1));
            after.client().invocation(id).cancel();

            assertThatThrownBy(() -> impatient.invocation(id).attach(String.class))
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("expected the handler Waiting/wait to be bound in this process, found none")
                    .hasMessageContaining("kill");
        }
    }

    @Test
    void twoServicesOfOneName_areRefusedWhenBound() {
        Reprise.Builder builder = builder(folder);

        assertThatThrownBy(() -> builder.bind(echo()))
                .isInstanceOf(ServiceDefinitionException.class)
                .hasMessage(
                        "Expected each service bound to have a name of its own, found two named \"Echo\". Give one of"
                                + " them another with @Name.");
    }
}
