package dev.reprise.server.query.table;

import static dev.reprise.server.query.table.TableColumn.bool;
import static dev.reprise.server.query.table.TableColumn.count;
import static dev.reprise.server.query.table.TableColumn.large;
import static dev.reprise.server.query.table.TableColumn.none;
import static dev.reprise.server.query.table.TableColumn.span;
import static dev.reprise.server.query.table.TableColumn.text;
import static dev.reprise.server.query.table.TableColumn.time;

import dev.reprise.engine.invoker.AttemptView;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.InvocationTimes;
import dev.reprise.engine.partition.JournalEvent.TransientError;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.reads.PartitionReads.JournalSummary;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.server.config.CompatibleWith;
import dev.reprise.server.query.output.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The tables of invocations: {@code sys_invocation_status} shows what is stored about them, {@code
 * sys_invocation_state} what the invoker knows about those that run or are about to, and {@code sys_invocation} both
 * together, with the seed of the handler's random numbers, which the original does not show. {@code
 * sys_invocation_ended}, which the original does not have, shows the completed ones, the last to end first: with a
 * {@code LIMIT} the others are not read.
 */
public final class InvocationTables {
    private static final double INVOCATIONS_EXPECTED = 100_000;
    private static final double ATTEMPTS_EXPECTED = 1_000;

    private InvocationTables() {}

    public static List<SystemTable<?>> of(Sources sources) {
        return List.of(
                new SystemTable<>("sys_invocation_status", INVOCATIONS_EXPECTED, status(), sources::invocations)
                        .lookedUpBy("id"),
                new SystemTable<>("sys_invocation_state", ATTEMPTS_EXPECTED, state(sources), sources::attempts)
                        .lookedUpBy("id"),
                new SystemTable<>("sys_invocation", INVOCATIONS_EXPECTED, both(sources), sources::invocations)
                        .lookedUpBy("id"),
                new SystemTable<>("sys_invocation_ended", INVOCATIONS_EXPECTED, both(sources), sources::ended));
    }

    private static List<TableColumn<InvocationRow>> status() {
        List<TableColumn<InvocationRow>> columns = new ArrayList<>();
        columns.add(large("partition_key", row -> row.id().partitionKey()));
        columns.add(id());
        columns.add(none("vqueue_id", ColumnType.TEXT));
        columns.add(text("status", InvocationRow::storedStatus));
        columns.addAll(completion());
        columns.addAll(target());
        columns.addAll(moved(origin(), "invoked_by_service_name", "invoked_by_subscription_id"));
        columns.addAll(journal());
        columns.addAll(times());
        columns.addAll(retention());
        columns.addAll(suspension());
        return columns;
    }

    private static List<TableColumn<InvocationRow>> both(Sources sources) {
        List<TableColumn<InvocationRow>> columns = new ArrayList<>();
        columns.add(id());
        columns.add(none("vqueue_id", ColumnType.TEXT));
        columns.addAll(target());
        columns.addAll(origin());
        columns.addAll(journal());
        columns.addAll(times());
        columns.addAll(retention());
        columns.addAll(suspension());
        List<TableColumn<AttemptView>> attempt = moved(attempt(sources), "next_retry_at", "last_start_at");
        attempt = moved(attempt, "last_failure_related_entry_index", "last_failure_error_code");
        attempt = moved(attempt, "last_failure_related_entry_name", "last_failure_related_entry_index");
        attempt = moved(attempt, "last_failure_related_entry_type", "last_failure_related_entry_name");
        attempt.forEach(column -> columns.add(ofInvocation(column)));
        columns.add(text("status", InvocationRow::status));
        columns.addAll(completion());
        columns.add(large("random_seed", row -> row.invocation().request().randomSeed()));
        return columns;
    }

    private static List<TableColumn<AttemptView>> state(Sources sources) {
        List<TableColumn<AttemptView>> columns = new ArrayList<>();
        columns.add(large("partition_key", attempt -> attempt.invocationId().partitionKey()));
        columns.add(text("id", AttemptView::invocationId));
        columns.add(bool("in_flight", AttemptView::inFlight));
        columns.addAll(attempt(sources));
        return columns;
    }

    /**
     * The columns with one of them moved behind another: the order differs from table to table, and {@code *} shows it.
     */
    private static <R> List<TableColumn<R>> moved(List<TableColumn<R>> columns, String name, String behind) {
        List<String> names = columns.stream().map(TableColumn::name).toList();
        List<TableColumn<R>> moved = new ArrayList<>(columns);
        TableColumn<R> column = moved.remove(names.indexOf(name));
        moved.add(moved.indexOf(columns.get(names.indexOf(behind))) + 1, column);
        return moved;
    }

    private static TableColumn<InvocationRow> ofInvocation(TableColumn<AttemptView> column) {
        return new TableColumn<>(column.name(), column.type(), row -> row.ofAttempt(column.value()));
    }

    private static TableColumn<InvocationRow> id() {
        return text("id", row -> row.id());
    }

    private static List<TableColumn<InvocationRow>> completion() {
        return List.of(
                text("completion_result", InvocationRow::completionResult),
                text("completion_failure", InvocationRow::completionFailure));
    }

    private static List<TableColumn<InvocationRow>> target() {
        return List.of(
                text("target", row -> row.target()),
                text("target_service_name", row -> row.target().service()),
                text("target_service_key", row -> row.target().key()),
                text("target_handler_name", row -> row.target().handler()),
                text("target_service_ty", row -> serviceType(row.target())),
                text("scope", row -> row.invocation().request().scope()),
                text("limit_key", row -> row.invocation().request().limitKey()),
                text("idempotency_key", row -> row.invocation().request().idempotencyKey()));
    }

    private static String serviceType(InvocationTarget target) {
        return switch (target.kind()) {
            case SERVICE -> "service";
            case OBJECT_EXCLUSIVE, OBJECT_SHARED -> "virtual_object";
            case WORKFLOW_RUN, WORKFLOW_SHARED -> "workflow";
        };
    }

    private static List<TableColumn<InvocationRow>> origin() {
        return List.of(
                text("invoked_by", InvocationRow::invokedBy),
                text(
                        "invoked_by_service_name",
                        row -> row.ofCaller(caller -> caller.target().service())),
                text("invoked_by_id", row -> row.ofCaller(Origin.Caller::id)),
                none("invoked_by_subscription_id", ColumnType.TEXT),
                text("invoked_by_target", row -> row.ofCaller(Origin.Caller::target)),
                text(
                        "restarted_from",
                        row -> row.invocation().request().origin() instanceof Origin.Restart restart
                                ? restart.of()
                                : null));
    }

    private static List<TableColumn<InvocationRow>> journal() {
        return List.of(
                text("pinned_deployment_id", row -> row.invocation().deployment()),
                count("pinned_service_protocol_version", InvocationTables::version),
                text("trace_id", InvocationRow::traceId),
                count("journal_size", row -> ofJournal(row, JournalSummary::length)),
                count("journal_commands_size", row -> ofJournal(row, JournalSummary::commands)));
    }

    private static @Nullable Integer version(InvocationRow row) {
        var version = row.invocation().version();
        return version == null ? null : version.number();
    }

    private static @Nullable Integer ofJournal(InvocationRow row, Function<JournalSummary, Integer> value) {
        JournalSummary journal = row.journal();
        return journal == null ? null : value.apply(journal);
    }

    private static List<TableColumn<InvocationRow>> times() {
        return List.of(
                at("created_at", InvocationTimes::createdMillis),
                text("created_using_restate_version", _ -> CompatibleWith.RESTATE),
                at("modified_at", InvocationTimes::modifiedMillis),
                at("inboxed_at", InvocationTimes::inboxedMillis),
                time("scheduled_at", InvocationTables::scheduledMillis),
                time("scheduled_start_at", row -> row.invocation().request().executionTimeMillis()),
                at("running_at", InvocationTimes::startedMillis),
                at("completed_at", InvocationTimes::completedMillis));
    }

    private static TableColumn<InvocationRow> at(String name, ToLongFunction<InvocationTimes> value) {
        return time(name, row -> value.applyAsLong(row.invocation().times()));
    }

    /** An invocation that waits for its time has waited since it arrived. */
    private static long scheduledMillis(InvocationRow row) {
        boolean isDelayed = row.invocation().request().executionTimeMillis() > 0;
        return isDelayed ? row.invocation().times().createdMillis() : 0;
    }

    private static List<TableColumn<InvocationRow>> retention() {
        return List.of(
                span("completion_retention", row -> row.invocation().request().completionRetentionMillis()),
                span("journal_retention", row -> row.invocation().request().journalRetentionMillis()));
    }

    private static List<TableColumn<InvocationRow>> suspension() {
        return List.of(
                new TableColumn<>(
                        "suspended_waiting_for_completions",
                        ColumnType.UINT32_LIST,
                        row -> awaited(row, id -> id instanceof NotificationId.CompletionId(int n) ? (long) n : null)),
                new TableColumn<>(
                        "suspended_waiting_for_signals",
                        ColumnType.UINT32_LIST,
                        row -> awaited(row, id -> id instanceof NotificationId.SignalIndex(int n) ? (long) n : null)),
                text(
                        "suspended_waiting_future_json",
                        row -> row.invocation().status() instanceof InvocationStatus.Suspended(FutureTree tree, var _)
                                ? FutureJson.of(tree)
                                : null));
    }

    private static @Nullable List<Long> awaited(InvocationRow row, Function<NotificationId, @Nullable Long> number) {
        if (!(row.invocation().status() instanceof InvocationStatus.Suspended(FutureTree tree, var _))) {
            return null;
        }
        List<Long> numbers = new ArrayList<>();
        FutureJson.leaves(tree, id -> {
            Long found = number.apply(id);
            if (found != null) {
                numbers.add(found);
            }
        });
        return numbers.stream().distinct().sorted().toList();
    }

    private static List<TableColumn<AttemptView>> attempt(Sources sources) {
        return List.of(
                large("retry_count", attempt -> (long) attempt.retryCount()),
                time("last_start_at", AttemptView::lastStartMillis),
                text("last_attempt_deployment_id", AttemptView::deployment),
                text("last_attempt_server", sources::sdkVersion),
                time("next_retry_at", AttemptView::nextRetryMillis),
                text("last_failure", attempt -> ofFailure(attempt, FailureText::text)),
                text("last_failure_error_code", attempt -> ofFailure(attempt, TransientError::errorCode)),
                large(
                        "last_failure_related_command_index",
                        attempt -> ofFailure(attempt, failure -> {
                            Integer index = failure.relatedCommandIndex();
                            return index == null ? null : index.longValue();
                        })),
                text(
                        "last_failure_related_command_name",
                        attempt -> ofFailure(attempt, TransientError::relatedCommandName)),
                text(
                        "last_failure_related_command_type",
                        attempt -> ofFailure(attempt, failure -> {
                            MessageType type = failure.relatedCommandType();
                            return type == null ? null : EntryJson.typeName(type);
                        })),
                none("last_failure_related_entry_index", ColumnType.UINT64),
                none("last_failure_related_entry_name", ColumnType.TEXT),
                none("last_failure_related_entry_type", ColumnType.TEXT),
                text("last_awaiting_on_future_json", attempt -> {
                    FutureTree tree = attempt.awaitingOn();
                    return tree == null ? null : FutureJson.of(tree);
                }));
    }

    private static <T> @Nullable T ofFailure(AttemptView attempt, Function<TransientError, @Nullable T> value) {
        TransientError failure = attempt.lastFailure();
        return failure == null ? null : value.apply(failure);
    }
}
