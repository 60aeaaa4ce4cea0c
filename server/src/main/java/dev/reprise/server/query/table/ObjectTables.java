package dev.reprise.server.query.table;

import static dev.reprise.server.query.table.TableColumn.bool;
import static dev.reprise.server.query.table.TableColumn.large;
import static dev.reprise.server.query.table.TableColumn.none;
import static dev.reprise.server.query.table.TableColumn.text;

import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.partition.reads.PartitionReads.HeldObject;
import dev.reprise.engine.partition.reads.PartitionReads.InboxEntry;
import dev.reprise.engine.partition.reads.PartitionReads.PromiseRow;
import dev.reprise.engine.partition.reads.PartitionReads.StateRow;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.PartitionKey;
import dev.reprise.server.query.output.ColumnType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/** The tables of virtual objects and workflows: their state, their promises, who holds them and who waits for them. */
public final class ObjectTables {
    private static final double ROWS_EXPECTED = 100_000;
    private static final double HELD_EXPECTED = 1_000;

    /* The characters that bytes are decoded to take twice as much for a while, beside the text. */
    private static final int TEXT_GROWTH = 3;

    private ObjectTables() {}

    public static List<SystemTable<?>> of(Sources sources) {
        return List.of(
                new SystemTable<>(
                                "state",
                                ROWS_EXPECTED,
                                state(),
                                bounds -> sources.objects(bounds, PartitionReads::state))
                        .withPayload(row -> row.stateKey().size() + row.value().size()),
                new SystemTable<>(
                                "sys_promise",
                                ROWS_EXPECTED,
                                promise(),
                                bounds -> sources.objects(bounds, PartitionReads::promises))
                        .withPayload(ObjectTables::payload),
                new SystemTable<>(
                        "sys_keyed_service_status",
                        HELD_EXPECTED,
                        held(),
                        bounds -> sources.objects(bounds, PartitionReads::heldObjects)),
                new SystemTable<>("sys_inbox", HELD_EXPECTED, inbox(), sources::inbox).lookedUpBy("id"));
    }

    private static List<TableColumn<StateRow>> state() {
        return List.of(
                large("partition_key", row -> partitionKey(row.key(), row.scope())),
                text("scope", StateRow::scope),
                text("service_name", StateRow::service),
                text("service_key", StateRow::key),
                text("key", row -> row.stateKey().utf8()),
                large("key_length", row -> (long) row.stateKey().size()),
                TableColumn.<StateRow>text("value_utf8", row -> utf8(row.value()))
                        .growing(TEXT_GROWTH),
                new TableColumn<StateRow>("value", ColumnType.BINARY, row -> binary(row.value())).growing(1),
                large("value_length", row -> (long) row.value().size()));
    }

    private static List<TableColumn<PromiseRow>> promise() {
        return List.of(
                large("partition_key", row -> partitionKey(row.key(), row.scope())),
                text("scope", PromiseRow::scope),
                text("service_name", PromiseRow::workflow),
                text("service_key", PromiseRow::key),
                text("key", PromiseRow::name),
                bool("completed", row -> row.promise().result() != null),
                new TableColumn<PromiseRow>(
                                "completion_success_value",
                                ColumnType.BINARY,
                                row -> row.promise().result() instanceof Result.Value(Bytes content)
                                        ? binary(content)
                                        : null)
                        .growing(1),
                TableColumn.<PromiseRow>text(
                                "completion_success_value_utf8",
                                row -> row.promise().result() instanceof Result.Value(Bytes content)
                                        ? utf8(content)
                                        : null)
                        .growing(TEXT_GROWTH),
                TableColumn.<PromiseRow>text(
                                "completion_failure",
                                row -> row.promise().result() instanceof Result.Failed(Failure failure)
                                        ? FailureText.text(failure.code(), failure.message())
                                        : null)
                        .growing(1));
    }

    private static long payload(PromiseRow row) {
        return switch (row.promise().result()) {
            case Result.Value(Bytes content) -> content.size();
            case Result.Failed(Failure failure) -> failure.message().length();
            case null, default -> 0;
        };
    }

    private static List<TableColumn<HeldObject>> held() {
        return List.of(
                large("partition_key", row -> partitionKey(row.key(), row.scope())),
                text("service_name", HeldObject::service),
                text("service_key", HeldObject::key),
                text("invocation_id", HeldObject::holder));
    }

    private static List<TableColumn<InboxEntry>> inbox() {
        return List.of(
                large("partition_key", row -> partitionKey(row.key(), row.scope())),
                text("service_name", InboxEntry::service),
                text("service_key", InboxEntry::key),
                text("id", row -> row.invocationId().orElse(null)),
                large("sequence_number", InboxEntry::sequence),
                none("created_at", ColumnType.TIMESTAMP));
    }

    static long partitionKey(String key, @Nullable String scope) {
        return PartitionKey.of(scope != null ? scope : key);
    }

    static ByteString binary(Bytes bytes) {
        return new ByteString(bytes.array());
    }

    /** Bytes decoded as UTF-8; null if they are not valid. */
    private static @Nullable String utf8(Bytes bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.array()))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }
}
