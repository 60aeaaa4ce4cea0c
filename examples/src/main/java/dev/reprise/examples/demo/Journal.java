package dev.reprise.examples.demo;

import dev.reprise.embedded.Reprise;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId.CompletionId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an invocation's journal says of its runs and timers, read from the folder while no engine runs on it.
 *
 * @param runs the names of the runs that were begun
 * @param recorded those whose result is there, each with why it failed for good, empty if it did not
 * @param fired the timers that have fired, with the time they were set to
 * @param entries how long it is
 */
record Journal(Set<String> runs, Map<String, String> recorded, Map<String, Long> fired, int entries) {
    static Journal read(Path folder, InvocationId id) {
        // An engine without services: it can read, and runs nothing.
        try (Reprise reader = Reprise.embedded().folder(folder).start()) {
            return of(reader.engine().journal(id).join());
        }
    }

    private static Journal of(List<RawMessage> entries) {
        Map<Integer, String> runs = new LinkedHashMap<>();
        Map<Integer, Command.Sleep> timers = new LinkedHashMap<>();
        Map<String, String> recorded = new LinkedHashMap<>();
        Map<String, Long> fired = new LinkedHashMap<>();
        for (RawMessage entry : entries) {
            switch (MessageCodec.decode(entry)) {
                case Command.Run run -> runs.put(run.resultCompletionId(), run.name());
                case Command.Sleep sleep -> timers.put(sleep.resultCompletionId(), sleep);
                case Notification completion
                when completion.id() instanceof CompletionId(int number) -> {
                    if (runs.containsKey(number)) {
                        recorded.put(String.valueOf(runs.get(number)), failure(completion.result()));
                    }
                    Command.Sleep timer = timers.get(number);
                    if (timer != null) {
                        fired.put(timer.name(), timer.wakeUpTimeMillis());
                    }
                }
                default -> {}
            }
        }
        return new Journal(new LinkedHashSet<>(runs.values()), recorded, fired, entries.size());
    }

    private static String failure(Result result) {
        return result instanceof Result.Failed(var failure) ? failure.message() : "";
    }
}
