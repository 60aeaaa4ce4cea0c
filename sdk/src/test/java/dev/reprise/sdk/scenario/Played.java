package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.service.ServiceBuilder.Code;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A handler of a virtual object, played to its end on an engine that completes things in many orders and interrupts it
 * anywhere; each time its journal was replayed from every cut.
 *
 * @param outputs what it gave, or the failure it ended with as {@code code: message}; or {@code never} if it waits for
 *     ever
 * @param journals the commands of each play
 */
record Played(Set<String> outputs, List<List<Command>> journals) {
    private static final int PLAYS = 40;

    /** Plays a handler; {@code signals} come some time. */
    static Played handler(Code<ObjectContext, Void, String> code, Notification... signals) {
        ServiceDefinition service = ServiceDefinition.object("Played")
                .handler("run", Void.class, String.class, code)
                .build();
        Set<String> outputs = new TreeSet<>();
        List<List<Command>> journals = new java.util.ArrayList<>();
        for (int seed = 0; seed < PLAYS; seed++) {
            ProtocolVersion version = ProtocolVersion.values()[seed % ProtocolVersion.values().length];
            FakeEngine engine = new FakeEngine(service, version, seed);
            for (Notification signal : signals) {
                engine.later(signal);
            }
            boolean ends = engine.run();
            engine.replayAtEveryCut();
            outputs.add(ends ? output(engine.journal()) : "never");
            journals.add(engine.journal().stream()
                    .filter(Command.class::isInstance)
                    .map(Command.class::cast)
                    .toList());
        }
        return new Played(outputs, journals);
    }

    private static String output(List<Message> journal) {
        return switch (((Command.Output) journal.getLast()).result()) {
            case Result.Value(Bytes json) -> json.utf8().replace("\"", "");
            case Result.Failed(var failure) -> failure.code() + ": " + failure.message();
            case Result other -> throw new AssertionError("an output of " + other);
        };
    }

    /** It gave the same in every play. */
    void gives(String output) {
        assertThat(outputs).containsExactly(output);
    }

    /** The names of the runs of each play, in their order. */
    List<List<String>> runs() {
        return journals.stream()
                .map(journal -> journal.stream()
                        .filter(Command.Run.class::isInstance)
                        .map(Command::name)
                        .collect(Collectors.toList()))
                .toList();
    }
}
