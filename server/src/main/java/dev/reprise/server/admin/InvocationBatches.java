package dev.reprise.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.call.Refusal;
import dev.reprise.engine.log.LogException;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.server.admin.InvocationOperations.Operation;
import dev.reprise.server.admin.InvocationOperations.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One operation on many invocations at once. A failure of one is reported, and the others continue. */
final class InvocationBatches {
    private static final String PATH = "/internal/invocations_batch_operations/";
    private static final int BATCH_MAX = 1_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final InvocationOperations operations;

    InvocationBatches(InvocationOperations operations) {
        this.operations = operations;
    }

    void addTo(Routes routes) {
        add(routes, "kill", _ -> plain(operations::kill));
        add(routes, "cancel", _ -> plain(operations::cancel));
        add(routes, "purge", _ -> plain(operations::purge));
        add(routes, "purge-journal", _ -> plain(operations::purgeJournal));
        add(routes, "pause", _ -> plain(operations::pause));
        add(routes, "resume", batch -> {
            Target target = batch.target().orElse(new Target.Keep());
            return plain(id -> operations.resume(id, target));
        });
        add(routes, "restart-as-new", batch -> {
            Target target = batch.target().orElse(new Target.Latest());
            return id -> JSON.objectNode()
                    .put("old_invocation_id", id.toString())
                    .put(
                            "new_invocation_id",
                            operations.restartAsNew(id, 0, target).toString());
        });
    }

    /** The body of a batch; {@code deployment} is for operations that may change it, and null if absent. */
    record Batch(
            @Nullable List<String> invocationIds, @Nullable String deployment) {
        List<InvocationId> ids() {
            if (invocationIds == null) {
                throw AdminRequest.unfitting("missing field `invocation_ids`");
            }
            if (invocationIds.size() > BATCH_MAX) {
                throw new AdminException(
                        400, "Batch size " + invocationIds.size() + " exceeds maximum allowed size of " + BATCH_MAX);
            }
            try {
                return invocationIds.stream().map(InvocationId::parse).toList();
            } catch (ProtocolException e) {
                throw AdminRequest.unfitting("invocation_ids: " + e.getMessage());
            }
        }

        Optional<Target> target() {
            try {
                return Optional.ofNullable(deployment).map(Target::parse);
            } catch (ProtocolException _) {
                throw AdminException.invalidField("deployment", "bad format");
            }
        }
    }

    /** Applies the operation to one invocation, and returns what to report about it. */
    private interface One {
        JsonNode apply(InvocationId id);
    }

    private static One plain(Operation operation) {
        return id -> {
            operation.on(id);
            return JSON.textNode(id.toString());
        };
    }

    private static void add(Routes routes, String verb, Function<Batch, One> operation) {
        routes.addUnlisted("POST", PATH + verb, request -> {
            Batch batch = request.body(Batch.class);
            return all(batch.ids(), operation.apply(batch));
        });
    }

    private static AdminAnswer all(List<InvocationId> ids, One one) {
        ArrayNode succeeded = JSON.arrayNode();
        ArrayNode failed = JSON.arrayNode();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<JsonNode>> running = new ArrayList<>();
            ids.forEach(id -> running.add(threads.submit(() -> one.apply(id))));
            for (int i = 0; i < ids.size(); i++) {
                collect(ids.get(i), running.get(i), succeeded, failed);
            }
        }
        ObjectNode answer = JSON.objectNode();
        answer.set("succeeded", succeeded);
        answer.set("failed", failed);
        return AdminAnswer.json(200, answer);
    }

    private static void collect(InvocationId id, Future<JsonNode> one, ArrayNode succeeded, ArrayNode failed) {
        try {
            succeeded.add(one.get());
        } catch (ExecutionException e) {
            String error = switch (e.getCause()) {
                case AdminException refused -> refused.inBatch();
                case EngineException failure ->
                    AdminException.of(Refusal.of(failure)).inBatch();
                case LogException failure ->
                    AdminException.of(Refusal.of(failure)).inBatch();
                case null, default ->
                    throw new IllegalStateException("an operation of a batch failed: " + e.getCause(), e);
            };
            failed.addObject().put("invocation_id", id.toString()).put("error", error);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(EngineException.UNAVAILABLE, "the server is stopping", e);
        }
    }
}
