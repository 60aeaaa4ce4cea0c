package dev.reprise.engine.partition.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.partition.BinaryReader;
import dev.reprise.engine.partition.Encodings;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.engine.partition.Retention;
import dev.reprise.engine.partition.TimerKey;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.FutureTree.Progress;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.Notification;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What holds between a partition's tables after every record. */
final class TableChecks {
    private final TreeMap<InvocationId, Invocation> invocations = new TreeMap<>();
    private final NavigableSet<String> listed = new TreeSet<>();
    private final TreeMap<InvocationId, Integer> entries = new TreeMap<>();
    private final TreeMap<InvocationId, Integer> notificationEntries = new TreeMap<>();
    private final Map<InvocationId, Map<NotificationId, Arrivals>> arrivals = new HashMap<>();
    private final Map<InvocationId, Map<NotificationId, Arrivals>> arrivalRows = new HashMap<>();
    private final TreeMap<InvocationId, JournalHead> heads = new TreeMap<>();
    private final NavigableSet<InvocationId> withEvents = new TreeSet<>();
    private final List<String> sleeps = new ArrayList<>();
    private final List<String> sleepTimers = new ArrayList<>();
    private final List<TimerKey> timers = new ArrayList<>();
    private final TreeMap<String, ObjectTable.Lock> locks = new TreeMap<>();
    private final TreeMap<String, Integer> inboxes = new TreeMap<>();
    private final List<InvocationId> inboxed = new ArrayList<>();

    private TableChecks() {}

    static void check(NavigableMap<Bytes, Bytes> rows) {
        TableChecks checks = new TableChecks();
        rows.forEach(checks::read);
        checks.checkJournals();
        checks.checkStatuses();
        checks.checkObjects();
    }

    private void read(Bytes key, Bytes value) {
        BinaryReader k = new BinaryReader(key);
        switch (k.u8()) {
            case Key.INVOCATION -> invocations.put(k.id(), Invocation.decode(value));
            case Key.STATUS -> listed.add(InvocationStatus.Kind.values()[k.u8()] + " " + k.text() + " " + k.id());
            case Key.JOURNAL -> {
                InvocationId id = k.id();
                JournalEntry entry = JournalEntry.decode(k.i32(), value);
                assertThat(entry.index()).isEqualTo(entries.getOrDefault(id, 0));
                entries.merge(id, 1, Integer::sum);
                if (MessageType.isNotification(entry.message().type())) {
                    notificationEntries.merge(id, 1, Integer::sum);
                    arrived(id, entry.index(), (Notification) MessageCodec.decode(entry.message()));
                }
            }
            case Key.JOURNAL_HEAD -> heads.put(k.id(), JournalHead.decode(value));
            case Key.NOTIFICATION ->
                arrivalRows
                        .computeIfAbsent(k.id(), _ -> new HashMap<>())
                        .put(Encodings.notificationId(k), Arrivals.decode(value));
            case Key.EVENT -> withEvents.add(k.id());
            case Key.SLEEP -> sleeps.add(k.id() + " " + k.i64() + " " + k.i32());
            case Key.TIMER -> {
                TimerKey timer = Encodings.timer(k);
                timers.add(timer);
                if (timer.kind() == TimerKey.Kind.SLEEP) {
                    sleepTimers.add(timer.invocationId() + " " + timer.wakeUpMillis() + " " + timer.completionId());
                }
            }
            case Key.LOCK -> locks.put(Encodings.object(k).toString(), ObjectTable.Lock.decode(value));
            case Key.INBOX -> {
                inboxes.merge(Encodings.object(k).toString(), 1, Integer::sum);
                if (ObjectTable.InboxEntry.decode(value) instanceof ObjectTable.InboxEntry.Waiting(InvocationId id)) {
                    inboxed.add(id);
                }
            }
            default -> {}
        }
    }

    private void arrived(InvocationId id, int index, Notification notification) {
        Progress progress = notification.result() instanceof Result.Failed ? Progress.FAILED : Progress.SUCCEEDED;
        Arrivals before = arrivals.computeIfAbsent(id, _ -> new HashMap<>())
                .put(notification.id(), new Arrivals(index, progress == Progress.FAILED, -1));
        if (before != null) {
            assertThat(notification.id().recurs())
                    .as("a second %s", notification.id())
                    .isTrue();
            arrivals.get(id).put(notification.id(), Arrivals.with(before, index, progress));
        }
    }

    private void checkJournals() {
        assertThat(invocations.keySet()).as("a journal has an invocation").containsAll(heads.keySet());
        TreeMap<InvocationId, Integer> lengths = new TreeMap<>();
        heads.forEach((id, head) -> lengths.put(id, head.length()));
        assertThat(entries).isEqualTo(lengths);
        assertThat(arrivalRows).isEqualTo(arrivals);
        NavigableSet<InvocationId> marked = new TreeSet<>();
        heads.forEach((id, head) -> {
            if (head.hasEvents()) {
                marked.add(id);
            }
        });
        assertThat(withEvents)
                .as("events belong to a journal that knows of them")
                .isEqualTo(marked);
        heads.forEach((id, head) ->
                assertThat(head.length() - head.commands()).isEqualTo(notificationEntries.getOrDefault(id, 0)));
    }

    private void checkStatuses() {
        NavigableSet<String> expectedInList = new TreeSet<>();
        List<TimerKey> expected = new ArrayList<>();
        invocations.forEach((id, invocation) -> {
            InvocationStatus.Kind kind = invocation.status().kind();
            if (kind != InvocationStatus.Kind.COMPLETED && kind != InvocationStatus.Kind.INBOXED) {
                expectedInList.add(kind + " " + invocation.target().service() + " " + id);
            }
            switch (invocation.status()) {
                case InvocationStatus.Scheduled(TimerKey timer) -> expected.add(timer);
                case InvocationStatus.Completed _ ->
                    expected.add(Retention.of(invocation.request())
                            .timers(invocation)
                            .getLast());
                case InvocationStatus.Inboxed _,
                        InvocationStatus.Invoked _,
                        InvocationStatus.Suspended _,
                        InvocationStatus.Paused _ -> {}
            }
        });
        assertThat(listed).as("what is not completed is listed by its status").isEqualTo(expectedInList);
        assertThat(timers).containsAll(expected);
        assertThat(sleeps).containsExactlyInAnyOrderElementsOf(sleepTimers);
        timers.forEach(timer -> assertThat(invocations).containsKey(timer.invocationId()));
    }

    private void checkObjects() {
        TreeMap<String, Integer> waiting = new TreeMap<>();
        locks.forEach((object, lock) -> {
            if (lock.waiting() > 0) {
                waiting.put(object, lock.waiting());
            }
            assertThat(invocations.get(lock.holder()))
                    .extracting(Invocation::status)
                    .isInstanceOfAny(
                            InvocationStatus.Invoked.class,
                            InvocationStatus.Suspended.class,
                            InvocationStatus.Paused.class);
        });
        assertThat(inboxes).isEqualTo(waiting);
        List<InvocationId> waitingIds = invocations.values().stream()
                .filter(invocation -> invocation.status() instanceof InvocationStatus.Inboxed)
                .map(Invocation::id)
                .toList();
        assertThat(inboxed).containsExactlyInAnyOrderElementsOf(waitingIds);
    }
}
