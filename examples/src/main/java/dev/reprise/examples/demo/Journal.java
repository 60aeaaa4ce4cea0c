package dev.reprise.examples.demo;

import dev.reprise.embedded.Reprise;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an invocation's journal says of its runs, read from the folder while no engine runs on it. */
record Journal(Set<String> runs, Set<String> recorded, int entries) {
    static Journal read(Path folder, InvocationId id) {
        // An engine without services: it can read, and runs nothing.
        try (Reprise reader = Reprise.embedded().folder(folder).start()) {
            return of(reader.engine().journal(id).join());
        }
    }

    private static Journal of(List<RawMessage> entries) {
        Map<Integer, String> names = new LinkedHashMap<>();
        Set<String> recorded = new LinkedHashSet<>();
        for (RawMessage entry : entries) {
            if (entry.type() == MessageType.RUN.code()) {
                Command.Run run = (Command.Run) MessageCodec.decode(entry);
                names.put(run.resultCompletionId(), run.name());
            } else if (entry.type() == MessageType.RUN_COMPLETION.code()) {
                Notification completion = (Notification) MessageCodec.decode(entry);
                if (completion.id() instanceof CompletionId(int number)) {
                    recorded.add(String.valueOf(names.get(number)));
                }
            }
        }
        return new Journal(new LinkedHashSet<>(names.values()), recorded, entries.size());
    }
}
