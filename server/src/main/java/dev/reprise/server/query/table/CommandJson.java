package dev.reprise.server.query.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.time.Millis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands of a journal as JSON. */
public final class CommandJson {
    private CommandJson() {}

    /** A command with everything in it. */
    static ObjectNode of(Command command, Callees callees) {
        return switch (command) {
            case Command.Input c ->
                named(c.name(), with("headers", Json.headers(c.headers())).set("payload", Json.bytes(c.value())));
            case Command.Output c -> named(c.name(), with("result", Json.result(c.result())));
            case Command.GetLazyState c -> named(c.name(), key(c.key()).put("completion_id", c.resultCompletionId()));
            case Command.SetState c -> named(c.name(), key(c.key()).set("value", Json.bytes(c.value())));
            case Command.ClearState c -> named(c.name(), key(c.key()));
            case Command.ClearAllState c -> named(c.name(), Json.object());
            case Command.GetLazyStateKeys c -> named(c.name(), completion(c.resultCompletionId()));
            case Command.GetEagerState c -> named(c.name(), key(c.key()).set("result", Json.result(c.result())));
            case Command.GetEagerStateKeys c -> named(c.name(), with("state_keys", Json.texts(c.keys())));
            case Command.GetPromise c -> named(c.name(), promise(c.key(), c.resultCompletionId()));
            case Command.PeekPromise c -> named(c.name(), promise(c.key(), c.resultCompletionId()));
            case Command.CompletePromise c ->
                named(
                        c.name(),
                        Json.object()
                                .put("key", c.key())
                                .<ObjectNode>set("value", Json.result(c.completion()))
                                .put("completion_id", c.resultCompletionId()));
            case Command.Sleep c -> named(c.name(), sleep(c));
            case Command.Call c -> named(c.name(), call(c, callees));
            case Command.OneWayCall c -> named(c.name(), oneWayCall(c, callees));
            case Command.SendSignal c -> named(c.name(), signal(c).set("result", Json.result(c.result())));
            case Command.Run c -> named(c.name(), completion(c.resultCompletionId()));
            case Command.AttachInvocation c -> named(c.name(), attach(c.target(), c.resultCompletionId()));
            case Command.GetInvocationOutput c -> named(c.name(), attach(c.target(), c.resultCompletionId()));
            case Command.CompleteAwakeable c ->
                named(c.name(), Json.object().put("id", c.awakeableId()).set("result", Json.result(c.result())));
        };
    }

    /** A command without its payloads. */
    static ObjectNode lite(Command command, Callees callees) {
        return switch (command) {
            case Command.Input _, Command.ClearAllState _, Command.GetEagerStateKeys _ -> Json.object();
            case Command.Output c -> kind(Json.object(), c.result());
            case Command.GetLazyState c -> key(c.key()).put("completion_id", c.resultCompletionId());
            case Command.SetState c -> key(c.key());
            case Command.ClearState c -> key(c.key());
            case Command.GetLazyStateKeys c -> completion(c.resultCompletionId());
            case Command.GetEagerState c -> kind(key(c.key()), c.result());
            case Command.GetPromise c -> promise(c.key(), c.resultCompletionId());
            case Command.PeekPromise c -> promise(c.key(), c.resultCompletionId());
            case Command.CompletePromise c -> promise(c.key(), c.resultCompletionId());
            case Command.Sleep c -> nameIfAny(sleep(c), c.name());
            case Command.Call c -> liteCall(c, callees);
            case Command.OneWayCall c -> liteOneWayCall(c, callees);
            case Command.SendSignal c -> kind(signal(c), c.result());
            case Command.Run c -> nameIfAny(completion(c.resultCompletionId()), c.name());
            case Command.AttachInvocation c -> attach(c.target(), c.resultCompletionId());
            case Command.GetInvocationOutput c -> attach(c.target(), c.resultCompletionId());
            case Command.CompleteAwakeable c -> kind(Json.object().put("id", c.awakeableId()), c.result());
        };
    }

    private static ObjectNode named(String name, ObjectNode node) {
        return node.put("name", name);
    }

    private static ObjectNode nameIfAny(ObjectNode node, String name) {
        return name.isEmpty() ? node : node.put("name", name);
    }

    private static ObjectNode with(String field, JsonNode value) {
        return Json.variant(field, value);
    }

    private static ObjectNode kind(ObjectNode node, Result result) {
        return node.put("result", Json.kind(result));
    }

    private static ObjectNode key(Bytes key) {
        return Json.object().put("key", key.utf8());
    }

    private static ObjectNode completion(int id) {
        return Json.object().put("completion_id", id);
    }

    private static ObjectNode promise(String key, int completionId) {
        return Json.object().put("key", key).put("completion_id", completionId);
    }

    private static ObjectNode sleep(Command.Sleep c) {
        return Json.object()
                .put("wake_up_time", Millis.ofUnsigned(c.wakeUpTimeMillis()))
                .put("completion_id", c.resultCompletionId());
    }

    private static ObjectNode signal(Command.SendSignal c) {
        NotificationId signal = c.signal();
        return Json.object()
                .put("target_invocation_id", c.targetInvocationId())
                .set("signal_id", Json.signalId(signal));
    }

    private static ObjectNode call(Command.Call c, Callees callees) {
        ObjectNode target = callees.target(c.serviceName(), c.handlerName(), c.key(), c.scope());
        String id = callees.id(c.invocationIdCompletionId());
        return Json.object()
                .<ObjectNode>set("request", request(id, target, c.parameter(), c.headers(), c.idempotencyKey()))
                .put("invocation_id_completion_id", c.invocationIdCompletionId())
                .put("result_completion_id", c.resultCompletionId());
    }

    private static ObjectNode oneWayCall(Command.OneWayCall c, Callees callees) {
        ObjectNode target = callees.target(c.serviceName(), c.handlerName(), c.key(), c.scope());
        String id = callees.id(c.invocationIdCompletionId());
        return Json.object()
                .<ObjectNode>set("request", request(id, target, c.parameter(), c.headers(), c.idempotencyKey()))
                .put("invoke_time", Millis.ofUnsigned(c.invokeTimeMillis()))
                .put("invocation_id_completion_id", c.invocationIdCompletionId());
    }

    /** Readers require a span and retentions; the journal contains none of them. */
    private static ObjectNode request(
            @Nullable String id,
            ObjectNode target,
            Bytes parameter,
            List<Header> headers,
            @Nullable String idempotencyKey) {
        ObjectNode request = Json.object().put("invocation_id", id);
        request.set("invocation_target", target);
        ObjectNode span = Json.object();
        span.set("trace_id", Json.bytes(Bytes.wrap(new byte[16])));
        span.set("span_id", Json.bytes(Bytes.wrap(new byte[8])));
        span.put("trace_flags", 0).put("is_remote", false).put("trace_state", "");
        request.set("span_context", Json.variant("span_context", span).putNull("cause"));
        request.set("parameter", Json.bytes(parameter));
        request.set("headers", Json.headers(headers));
        request.put("idempotency_key", idempotencyKey);
        request.putObject("completion_retention_duration").put("secs", 0).put("nanos", 0);
        request.putObject("journal_retention_duration").put("secs", 0).put("nanos", 0);
        return request;
    }

    private static ObjectNode liteCall(Command.Call c, Callees callees) {
        ObjectNode node = Json.object().put("invocation_id", callees.id(c.invocationIdCompletionId()));
        node.set("invocation_target", callees.target(c.serviceName(), c.handlerName(), c.key(), c.scope()));
        node.put("invocation_id_completion_id", c.invocationIdCompletionId())
                .put("result_completion_id", c.resultCompletionId());
        return nameIfAny(node, c.name());
    }

    private static ObjectNode liteOneWayCall(Command.OneWayCall c, Callees callees) {
        ObjectNode node = Json.object().put("invocation_id", callees.id(c.invocationIdCompletionId()));
        node.set("invocation_target", callees.target(c.serviceName(), c.handlerName(), c.key(), c.scope()));
        node.put("invoke_time", Millis.ofUnsigned(c.invokeTimeMillis()))
                .put("invocation_id_completion_id", c.invocationIdCompletionId());
        return nameIfAny(node, c.name());
    }

    private static ObjectNode attach(InvocationReference target, int completionId) {
        ObjectNode named = switch (target) {
            case InvocationReference.ById(String id) -> Json.object().put("InvocationId", id);
            case InvocationReference.ByIdempotencyKey r ->
                Json.variant(
                        "IdempotentRequest",
                        Json.object()
                                .put("service_name", r.serviceName())
                                .put("service_key", r.serviceKey())
                                .put("service_handler", r.handlerName())
                                .put("idempotency_key", r.idempotencyKey())
                                .put("scope", r.scope()));
            case InvocationReference.ByWorkflow r ->
                Json.variant(
                        "Workflow",
                        Json.object()
                                .put("service_name", r.workflowName())
                                .put("key", r.workflowKey())
                                .put("scope", r.scope()));
        };
        return Json.object().<ObjectNode>set("target", named).put("completion_id", completionId);
    }
}
