package dev.reprise.interop;

import dev.reprise.interop.harness.Json;
import dev.reprise.interop.harness.World;
import dev.restate.client.Client;
import dev.restate.client.Client.WorkflowHandle;
import dev.restate.client.IngressException;
import dev.restate.client.Response;
import dev.restate.client.SendResponse;
import dev.restate.common.Output;
import dev.restate.common.Request;
import dev.restate.common.RequestBuilder;
import dev.restate.common.Target;
import dev.restate.serde.Serde;
import dev.restate.serde.jackson.JacksonSerdeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that the official Java client can do; {@code client.mjs} does the same with the TypeScript client. */
final class JavaClientTour {
    private static final Serde<Object> ANY = JacksonSerdeFactory.DEFAULT.create(Object.class);

    private final World world;
    private final Client client;

    JavaClientTour(World world) {
        this.world = world;
        client = Client.connect(world.ingressAddress().toString(), JacksonSerdeFactory.DEFAULT);
    }

    void play() {
        services();
        idempotency();
        failures();
        workflows();
        completeAwakeable("resolve", id -> client.awakeableHandle(id).resolve(ANY, Map.of("from", "outside")));
        completeAwakeable("reject", id -> client.awakeableHandle(id).reject("not this time"));
        tell("no awakeable", () -> client.awakeableHandle("nonsense").resolve(ANY, 1));
    }

    private void services() {
        tell("call", () -> client.call(ops("greet", "Ada")));
        tell("call with headers", () -> client.call(ops("headers", null).header("x-lab", "1")));
        Target add = Target.virtualObject(world.service("Cell"), world.key() + " ä/1", "add");
        tell("object", () -> client.call(request(add, 3)));
        tellSent("sent to an object", client.send(request(add, 4)));
        tell("object again", () -> client.call(request(add, 0)));
        SendResponse<Object> sent = client.send(ops("greet", "Ada"));
        tellSent("send", sent);
        tell("its result", sent::attach);
        SendResponse<Object> late = client.send(ops("greet", "late"), Duration.ofSeconds(1));
        tellSent("delay", late);
        tell("not yet", late::getOutput);
        tell("its result", late::attach);
        tell("its output", late::getOutput);
        tell(
                "unknown",
                () -> client.invocationHandle("inv_17hsqXh2ItuQ6YZ4gDupxyyqFPFOxt0BMt", ANY)
                        .attach());
    }

    private void idempotency() {
        Request<Object, Object> once = ops("stamp", null).idempotencyKey(world.key());
        tell("first", () -> client.call(once));
        tell("the same again", () -> client.call(once));
        tellSent("sent again", client.send(once));
        var handle = client.idempotentInvocationHandle(once.getTarget(), world.key(), ANY);
        tell("attach", handle::attach);
        tell("output", handle::getOutput);
        var unknown = client.idempotentInvocationHandle(once.getTarget(), world.key() + "-unknown", ANY);
        tell("unknown", unknown::getOutput);
    }

    private void failures() {
        Map<String, Object> teapot = Map.of("code", 418, "message", "teapot");
        tell("failed", () -> client.call(ops("fail", teapot)));
        SendResponse<Object> failed = client.send(ops("fail", teapot));
        tell("failed later", failed::attach);
        tell("private", () -> client.call(request(Target.service(world.service("Hidden"), "greet"), "Ada")));
        tell("no such handler", () -> client.call(ops("nothing", "Ada")));
        tell("no such service", () -> client.call(request(Target.service("Nobody", "greet"), "Ada")));
    }

    private void workflows() {
        String name = world.service("Flow");
        WorkflowHandle<Object> flow = client.workflowHandle(name, world.key(), ANY);
        tell("unknown workflow", flow::getOutput);
        tellSent("submit", client.send(request(Target.workflow(name, world.key(), "run"), "input")));
        tellSent("submit again", client.send(request(Target.workflow(name, world.key(), "run"), "other")));
        tell("output", flow::getOutput);
        tell("go", () -> client.call(request(Target.workflow(name, world.key(), "go"), "now")));
        tell("attach", flow::attach);
        tell("output", flow::getOutput);
        String key = world.key() + "-stopped";
        client.send(request(Target.workflow(name, key, "run"), "input"));
        tell("stop", () -> client.call(request(Target.workflow(name, key, "stop"), "never mind")));
        WorkflowHandle<Object> stopped = client.workflowHandle(name, key, ANY);
        tell("attach", stopped::attach);
        tell("output", stopped::getOutput);
    }

    private void completeAwakeable(String how, Function<String, Response<?>> completion) {
        String cell = world.key() + "-" + how;
        SendResponse<Object> waiting = client.send(ops("waitForAwakeable", cell));
        String awakeable = world.awakeableOf(cell);
        tell(how, () -> completion.apply(awakeable));
        tell("its result", waiting::attach);
    }

    private RequestBuilder<Object, Object> ops(String handler, @Nullable Object input) {
        return request(Target.service(world.service("Ops"), handler), input);
    }

    private static RequestBuilder<Object, Object> request(Target target, @Nullable Object input) {
        return Request.of(target, ANY, ANY, input);
    }

    private void tellSent(String what, SendResponse<Object> sent) {
        world.note(what + ": " + sent.statusCode() + " " + sent.sendStatus() + " " + sent.invocationId());
    }

    private void tell(String what, Supplier<Response<?>> request) {
        try {
            Response<?> answer = request.get();
            Object value = answer.response() instanceof Output<?> output
                    ? "ready " + output.isReady() + " " + output.orElse(null)
                    : answer.response();
            world.note(what + ": " + answer.statusCode() + " " + Json.write(value));
        } catch (IngressException e) {
            byte[] body = e.getResponseBody();
            world.note(what + ": failed with " + e.getStatusCode() + " " + new String(body, StandardCharsets.UTF_8));
        }
    }
}
