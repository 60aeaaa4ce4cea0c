package dev.reprise.engine.partition.machine;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.Encodings;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.Promise;
import dev.reprise.engine.partition.RecordedEvent;
import dev.reprise.protocol.Bytes;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what changed in the tables in a scenario's words. Rows that only index others are left out. */
final class RowPrinter {
    private final Names names;
    private final ScenarioPrinter printer;

    RowPrinter(Names names, ScenarioPrinter printer) {
        this.names = names;
        this.printer = printer;
    }

    void diff(NavigableMap<Bytes, Bytes> before, NavigableMap<Bytes, Bytes> after, StringBuilder out) {
        TreeMap<Bytes, Bytes> all = new TreeMap<>(before);
        all.putAll(after);
        for (Bytes key : all.keySet()) {
            Bytes old = before.get(key);
            Bytes now = after.get(key);
            if (old == null) {
                line(out, '+', key, all.get(key));
            } else if (now == null) {
                line(out, '-', key, old);
            } else if (!old.equals(now)) {
                line(out, '~', key, now);
            }
        }
    }

    private void line(StringBuilder out, char sign, Bytes key, Bytes value) {
        row(key, value)
                .ifPresent(text ->
                        out.append("  ").append(sign).append(' ').append(text).append('\n'));
    }

    private Optional<String> row(Bytes key, Bytes value) {
        BinaryReader k = new BinaryReader(key);
        BinaryReader v = new BinaryReader(value);
        return switch (k.u8()) {
            case Key.META -> k.u8() == 2 ? Optional.of("epoch " + v.i64()) : Optional.empty();
            case Key.INVOCATION -> Optional.of(invocation(Invocation.decode(value)));
            case Key.JOURNAL -> {
                String id = names.of(k.id());
                JournalEntry entry = JournalEntry.decode(k.i32(), value);
                yield Optional.of("journal " + id + "[" + entry.index() + "] " + printer.message(entry.message()));
            }
            case Key.EVENT -> {
                String id = names.of(k.id());
                RecordedEvent event = RecordedEvent.decode(k.i64(), value);
                yield Optional.of(
                        "event " + id + "[" + event.afterEntryIndex() + "] " + ScenarioPrinter.event(event.event()));
            }
            case Key.STATE -> Optional.of("state " + object(k) + " " + k.rest().utf8() + " =" + value.utf8());
            case Key.PROMISE -> Optional.of("promise " + object(k) + " " + k.text() + promise(Promise.decode(value)));
            case Key.LOCK -> Optional.of("lock " + object(k) + lock(ObjectTable.Lock.decode(value)));
            case Key.INBOX -> Optional.of("inbox " + object(k) + " #" + k.i64() + waiting(value));
            case Key.TIMER -> Optional.of("timer " + printer.timer(Encodings.timer(k)));
            case Key.OUTBOX -> Optional.of("outbox #" + k.i64() + " to partition " + v.i32());
            case Key.DEDUPLICATION -> Optional.of("taken from partition " + k.i32() + " up to #" + v.i64());
            case Key.JOURNAL_HEAD, Key.NOTIFICATION, Key.STATUS, Key.SLEEP -> Optional.empty();
            default -> throw new IllegalArgumentException("no such table: " + key);
        };
    }

    private String invocation(Invocation invocation) {
        StringBuilder text = new StringBuilder("invocation ")
                .append(names.of(invocation.id()))
                .append(' ')
                .append(printer.status(invocation.status()));
        if (!invocation.waiting().isEmpty()) {
            text.append(invocation.waiting().stream().map(printer::sink).collect(Collectors.joining(" ", " for ", "")));
        }
        if (invocation.deployment() != null) {
            text.append(" on ")
                    .append(Names.of(invocation.deployment()))
                    .append(' ')
                    .append(invocation.version());
        }
        return text.toString();
    }

    private static String object(BinaryReader key) {
        ObjectId object = Encodings.object(key);
        String scope = object.scope() == null ? "" : " in " + object.scope();
        return object.service() + "/" + object.key() + scope;
    }

    private String promise(Promise promise) {
        String waiting = promise.waiting().stream().map(printer::sink).collect(Collectors.joining(" "));
        return (promise.result() == null ? " waited for by " : " completed" + printer.result(promise.result()))
                + waiting;
    }

    private String lock(ObjectTable.Lock lock) {
        return " " + names.of(lock.holder()) + (lock.waiting() == 0 ? "" : " waiting=" + lock.waiting());
    }

    private String waiting(Bytes value) {
        return switch (ObjectTable.InboxEntry.decode(value)) {
            case ObjectTable.InboxEntry.Waiting(var id) -> " " + names.of(id);
            case ObjectTable.InboxEntry.Modification _ -> " a change of state";
        };
    }
}
