package dev.reprise.engine.partition.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.partition.Invocation;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationStatus.Kind;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.InvocationTimes;
import dev.reprise.engine.partition.ObjectId;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.PartitionRecord;
import dev.reprise.engine.partition.PartitionRecord.AttemptId;
import dev.reprise.engine.partition.Partitioning;
import dev.reprise.engine.partition.StoredFormatException;
import dev.reprise.engine.partition.StoredInvocation;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.partition.reads.PartitionReads.HeldObject;
import dev.reprise.engine.partition.reads.PartitionReads.InboxEntry;
import dev.reprise.engine.store.memory.MemoryStore;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage.StateEntry;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.id.PartitionKey;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class PartitionReadsTest {
    private static final InvocationTarget ADD =
            new InvocationTarget("Counter", "c1", "add", HandlerKind.OBJECT_EXCLUSIVE);
    private static final InvocationTarget RUN = new InvocationTarget("Order", "o1", "run", HandlerKind.WORKFLOW_RUN);

    private final MemoryStore.Partition store = new MemoryStore().partition(0);
    private final PartitionTables tables = new PartitionTables(store);
    private final PartitionStateMachine machine = new PartitionStateMachine(0, new Partitioning(1));
    private final PartitionReads reads = PartitionReads.of(store);
    private long lsn;

    private long apply(PartitionRecord record) {
        lsn++;
        machine.apply(lsn, lsn * 10, record, tables);
        tables.applied(lsn);
        tables.commit();
        return lsn;
    }

    private static InvocationId id(long number) {
        return new InvocationId(number, 0, number);
    }

    private AttemptId invoke(long number, InvocationTarget target, long executionTimeMillis) {
        InvocationRequest request = new InvocationRequest(
                id(number),
                target,
                Bytes.EMPTY,
                List.of(),
                null,
                null,
                null,
                executionTimeMillis,
                0,
                0,
                0,
                Origin.Client.INSTANCE,
                null,
                null);
        return new AttemptId(id(number), 0, apply(new PartitionRecord.Invoke(request)));
    }

    private void entry(AttemptId attempt, Command command) {
        apply(new PartitionRecord.EntryAppended(attempt, MessageCodec.encode(command), null));
    }

    private void set(AttemptId attempt, String key, String value) {
        entry(attempt, new Command.SetState(Bytes.utf8(key), Bytes.utf8(value), ""));
    }

    @Test
    void journal_ofARunningInvocation_hasEntriesWithTheirTimes() {
        AttemptId attempt = invoke(1, ADD, 0);
        entry(attempt, new Command.Run(1, "step"));
        apply(new PartitionRecord.RunProposed(attempt, 1, new Result.Value(Bytes.EMPTY)));
        List<String> entries = new ArrayList<>();
        reads.forEachEntry(
                id(1),
                entry -> entries.add(entry.index() + " @" + entry.appendTimeMillis() + " "
                        + MessageType.ofCode(entry.message().type()).orElseThrow()));
        assertThat(entries).containsExactly("0 @10 INPUT", "1 @20 RUN", "2 @30 RUN_COMPLETION");
        assertThat(reads.journalSummary(id(1))).isEqualTo(new PartitionReads.JournalSummary(3, 2, 30));
        assertThat(reads.journalSummary(id(2))).isEqualTo(new PartitionReads.JournalSummary(0, 0, 0));
    }

    @Test
    void longJournal_isVisitedInOrder() {
        AttemptId attempt = invoke(1, ADD, 0);
        for (int step = 1; step <= 300; step++) {
            entry(attempt, new Command.Run(step, "step"));
        }
        List<Integer> indexes = new ArrayList<>();
        reads.forEachEntry(id(1), entry -> indexes.add(entry.index()));
        assertThat(indexes).hasSize(301).isSorted();
        assertThat(tables.journal().entries(id(1))).hasSize(301);
    }

    @Test
    void heldObject_withWaiting_isListedWithItsInbox() {
        AttemptId attempt = invoke(1, ADD, 0);
        set(attempt, "a", "1");
        invoke(2, ADD, 0);
        apply(new PartitionRecord.ModifyStateRequested(ObjectId.of("Counter", "c1"), new TreeMap<>(), null, null));
        List<HeldObject> held = new ArrayList<>();
        reads.forEachHeldObject(held::add);
        assertThat(held).containsExactly(new HeldObject("Counter", "c1", id(1), 2, null));
        List<InboxEntry> inbox = new ArrayList<>();
        reads.forEachInboxEntry(inbox::add);
        assertThat(inbox).extracting(InboxEntry::invocationId).containsExactly(Optional.of(id(2)), Optional.empty());
        List<String> state = new ArrayList<>();
        reads.forEachState(row ->
                state.add(row.service() + "/" + row.key() + " " + row.stateKey().utf8()));
        assertThat(state).containsExactly("Counter/c1 a");
    }

    @Test
    void times_ofAnInvocation_sayWhenItCameWhere() {
        invoke(1, ADD, 0);
        AttemptId second = invoke(2, ADD, 0);
        apply(new PartitionRecord.KillRequested(id(1), null));
        InvocationTimes times =
                reads.invocation(second.invocationId()).orElseThrow().times();
        assertThat(times).isEqualTo(new InvocationTimes(20, 30, 20, 30, 0));
    }

    @Test
    void promise_completed_isListed() {
        AttemptId attempt = invoke(1, RUN, 0);
        entry(attempt, new Command.CompletePromise("paid", new Result.Value(Bytes.utf8("yes")), 1, ""));
        List<String> promises = new ArrayList<>();
        reads.forEachPromise(row -> promises.add(row.workflow() + "/" + row.key() + " " + row.name() + " "
                + row.promise().result()));
        assertThat(promises).hasSize(1).first().asString().startsWith("Order/o1 paid Value");
    }

    @Test
    void replay_withMoreStateThanAllowed_isPartial() {
        AttemptId attempt = invoke(1, ADD, 0);
        set(attempt, "a", "111");
        set(attempt, "b", "222");
        AttemptReplay whole = AttemptReplay.of(id(1), tables, 8).orElseThrow();
        assertThat(whole.state()).hasSize(2);
        assertThat(whole.partialState()).isFalse();
        AttemptReplay part = AttemptReplay.of(id(1), tables, 7).orElseThrow();
        assertThat(part.state()).containsExactly(new StateEntry(Bytes.utf8("a"), Bytes.utf8("111")));
        assertThat(part.partialState()).isTrue();
        assertThat(part.lastAppendMillis()).isEqualTo(30);
        assertThat(AttemptReplay.of(id(1), tables, 0).orElseThrow().state()).isEmpty();
    }

    @Test
    void replay_ofAnInvocationThatMayNotRun_isEmpty() {
        invoke(1, ADD, 5_000);
        assertThat(AttemptReplay.of(id(1), tables)).isEmpty();
        assertThat(AttemptReplay.of(id(9), tables)).isEmpty();
    }

    private static <T> List<T> all(Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        iterator.forEachRemaining(all::add);
        return all;
    }

    @Test
    void iterators_overManyPieces_yieldWhatVisitorsSee() {
        for (int number = 1; number <= 700; number++) {
            invoke(number, ADD, 0);
        }
        List<Invocation> visited = new ArrayList<>();
        reads.forEachInvocation(visited::add);
        assertThat(all(reads.invocations()))
                .hasSize(700)
                .extracting(StoredInvocation::whole)
                .isEqualTo(visited);
        assertThat(all(reads.inStatus(Kind.INVOKED, null))).containsExactly(id(1));
        assertThat(all(reads.inbox("Counter", "c1"))).hasSize(699);
        assertThat(all(reads.inbox("Counter", null))).hasSize(699);
        assertThat(all(reads.inbox("Count", null))).isEmpty();
        assertThat(all(reads.entries(id(1)))).hasSize(1);
        assertThat(all(reads.entries())).hasSize(700);
    }

    @Test
    void iterator_whileRowsAreWritten_goesOnBehindWhereItWas() {
        for (int number = 1; number <= 100; number++) {
            invoke(number, ADD, 0);
        }
        Iterator<StoredInvocation> iterator = reads.invocations();
        assertThat(iterator.next().id()).isEqualTo(id(1));
        invoke(1_000, ADD, 0);
        List<StoredInvocation> rest = all(iterator);
        assertThat(rest).hasSize(100);
        assertThat(rest.getLast().id()).isEqualTo(id(1_000));
    }

    @Test
    void objects_byServiceAndKey_areThoseAndNoOthers() {
        AttemptId attempt = invoke(1, ADD, 0);
        set(attempt, "a", "1");
        AttemptId other = invoke(2, new InvocationTarget("Counter", "c11", "add", HandlerKind.OBJECT_EXCLUSIVE), 0);
        set(other, "b", "2");
        assertThat(all(reads.state("Counter", "c1"))).hasSize(1);
        assertThat(all(reads.state("Counter", null))).hasSize(2);
        assertThat(all(reads.state(null, null))).hasSize(2);
        assertThat(all(reads.state(null, "c11"))).hasSize(1);
        assertThat(all(reads.state(null, "c"))).isEmpty();
        assertThat(all(reads.heldObjects("Counter", "c11")))
                .extracting(HeldObject::holder)
                .containsExactly(id(2));
    }

    @Test
    void invocations_areFoundByTheirStatusAndService() {
        invoke(1, ADD, 0);
        AttemptId attempt = invoke(2, RUN, 0);
        invoke(3, RUN, 5_000);
        assertThat(all(reads.inStatus(Kind.INVOKED, null))).containsExactlyInAnyOrder(id(1), id(2));
        assertThat(all(reads.inStatus(Kind.INVOKED, "Order"))).containsExactly(id(2));
        assertThat(all(reads.inStatus(Kind.SCHEDULED, "Order"))).containsExactly(id(3));
        assertThat(all(reads.inStatus(Kind.SCHEDULED, "Counter"))).isEmpty();
        entry(attempt, new Command.Sleep(9_000, 1, ""));
        apply(new PartitionRecord.Suspended(attempt, new FutureTree.Leaf(new NotificationId.CompletionId(1)), 1));
        assertThat(all(reads.inStatus(Kind.INVOKED, "Order"))).isEmpty();
        assertThat(all(reads.inStatus(Kind.SUSPENDED, "Order"))).containsExactly(id(2));
    }

    @Test
    void storedInvocation_isReadNoFurtherThanAskedFor() {
        invoke(1, ADD, 0);
        byte[] row = store.get(Key.of(Key.INVOCATION, id(1))).orElseThrow().toArray();
        StoredInvocation cut = new StoredInvocation(Bytes.wrap(Arrays.copyOf(row, row.length / 2)));
        assertThat(cut.id()).isEqualTo(id(1));
        assertThat(cut.target()).isEqualTo(ADD);
        assertThat(cut.status()).isEqualTo(Kind.INVOKED);
        assertThatThrownBy(cut::whole).isInstanceOf(StoredFormatException.class);
    }

    @Test
    void invocations_areFoundByTheirPartitionKey() {
        invoke(1, ADD, 0);
        InvocationId ofKey = new InvocationId(PartitionKey.of("c1"), 0, 7);
        InvocationRequest request = new InvocationRequest(
                ofKey, ADD, Bytes.EMPTY, List.of(), null, null, null, 0, 0, 0, 0, Origin.Client.INSTANCE, null, null);
        apply(new PartitionRecord.Invoke(request));
        assertThat(all(reads.invocations(PartitionKey.of("c1"))))
                .extracting(StoredInvocation::id)
                .containsExactly(ofKey);
        assertThat(all(reads.invocations(PartitionKey.of("c2")))).isEmpty();
    }
}
