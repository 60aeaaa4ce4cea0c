package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.ErrorMessage;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/** Attempts of handlers written as lambdas, that get no input and give a text, and how they end. */
final class Attempts {
    private Attempts() {}

    /** An attempt of a service's handler; {@code journal} is what it finds behind its input. */
    static FakeAttempt service(Code<Context, Void, String> code, Message... journal) {
        return replay(serviceOf(code), ProtocolVersion.V7, 0, List.of(), journal);
    }

    /** As {@link #service(Code, Message...)}, on an engine that speaks {@code version}. */
    static FakeAttempt service(ProtocolVersion version, Code<Context, Void, String> code, Message... journal) {
        return replay(serviceOf(code), version, 0, List.of(), journal);
    }

    /** As {@link #service(Code, Message...)}, after attempts that have failed, each in one second. */
    static FakeAttempt retried(int failedAttempts, Code<Context, Void, String> code, Message... journal) {
        return replay(serviceOf(code), ProtocolVersion.V7, failedAttempts, List.of(), journal);
    }

    /** An attempt of a virtual object's handler that is sent all of its state. */
    static FakeAttempt object(List<StateEntry> state, Code<ObjectContext, Void, String> code, Message... journal) {
        ServiceDefinition service = ServiceDefinition.object("Tested")
                .handler("run", Void.class, String.class, code)
                .build();
        return replay(service, ProtocolVersion.V7, 0, state, journal);
    }

    /** An attempt of a virtual object's handler that has to ask for its state. */
    static FakeAttempt objectWithoutState(Code<ObjectContext, Void, String> code) {
        ServiceDefinition service = ServiceDefinition.object("Tested")
                .handler("run", Void.class, String.class, code)
                .build();
        return new FakeAttempt(service, ProtocolVersion.V7, message -> {}, 1)
                .replay(List.of(FakeAttempt.input("null")), 0, true);
    }

    /** An attempt of a workflow's main handler. */
    static FakeAttempt workflow(Code<WorkflowContext, Void, String> code, Message... journal) {
        ServiceDefinition service = ServiceDefinition.workflow("Tested")
                .run("run", Void.class, String.class, code)
                .build();
        return replay(service, ProtocolVersion.V7, 0, List.of(), journal);
    }

    private static ServiceDefinition serviceOf(Code<Context, Void, String> code) {
        return ServiceDefinition.service("Tested")
                .handler("run", Void.class, String.class, code)
                .build();
    }

    private static FakeAttempt replay(
            ServiceDefinition service,
            ProtocolVersion version,
            int failedAttempts,
            List<StateEntry> state,
            Message... journal) {
        List<Message> entries = new ArrayList<>(List.of(journal));
        entries.addFirst(FakeAttempt.input("null"));
        return new FakeAttempt(service, version, message -> {}, 1)
                .replay(entries, failedAttempts, state.toArray(StateEntry[]::new));
    }

    /** The text the handler gave. */
    static String text(FakeAttempt attempt) {
        String json = ((Result.Value) output(attempt)).content().utf8();
        assertThat(json).startsWith("\"").endsWith("\"");
        return json.substring(1, json.length() - 1);
    }

    /** The failure the invocation ended with. */
    static Failure failure(FakeAttempt attempt) {
        return ((Result.Failed) output(attempt)).failure();
    }

    private static Result output(FakeAttempt attempt) {
        assertThat(attempt.sent(ErrorMessage.class)).isEmpty();
        return only(attempt, Command.Output.class).result();
    }

    /** Why the attempt failed. */
    static ErrorMessage error(FakeAttempt attempt) {
        return only(attempt, ErrorMessage.class);
    }

    /** The one message of a type that was sent. */
    static <T extends Message> T only(FakeAttempt attempt, Class<T> type) {
        List<T> found = attempt.sent(type);
        assertThat(found).as("sent: %s", attempt.sent()).hasSize(1);
        return found.getFirst();
    }

    /**
     * What {@code action} throws in a handler, each of which must be thrown in vain: the handler ends as if nothing
     * was.
     */
    static Throwable thrownIn(Consumer<WorkflowContext> action) {
        List<Throwable> thrown = new ArrayList<>();
        FakeAttempt attempt = workflow((ctx, nothing) -> {
            thrown.add(Assertions.catchThrowable(() -> action.accept(ctx)));
            return "went on";
        });
        assertThat(text(attempt)).isEqualTo("went on");
        assertThat(attempt.sent(Command.class)).as("commands beside the output").hasSize(1);
        return thrown.getFirst();
    }
}
