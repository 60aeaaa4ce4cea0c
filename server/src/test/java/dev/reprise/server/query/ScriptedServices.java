package dev.reprise.server.query;

import dev.reprise.engine.deployment.AttemptHead;
import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.deployment.DeploymentTransport;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.FutureTree;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.wire.MessageCodec;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Handlers that say the same at every attempt, as soon as they hear something; those without an end stay open. */
final class ScriptedServices implements DeploymentTransport {
    static final long WAKE_UP_MILLIS = 4_102_444_800_000L;

    private static final Map<String, List<Message>> SCRIPTS = Map.ofEntries(
            Map.entry(
                    "ok",
                    List.of(
                            new Command.Run(1, "step"),
                            new ControlMessage.ProposeRunCompletion(1, text("42")),
                            new Command.Output(text("\"done\""), ""),
                            ControlMessage.End.INSTANCE)),
            Map.entry(
                    "fail",
                    List.of(
                            new Command.Output(new Result.Failed(new Failure(409, "nope")), ""),
                            ControlMessage.End.INSTANCE)),
            Map.entry(
                    "flaky",
                    List.of(new ControlMessage.ErrorMessage(
                            500, "boom", "at line 1", 1, "bad", MessageType.RUN.code(), null, ErrorBehavior.RETRY))),
            Map.entry(
                    "wait",
                    List.of(
                            new Command.Sleep(WAKE_UP_MILLIS, 1, "nap"),
                            new ControlMessage.Suspension(FutureTree.race(List.of(
                                    leaf(new NotificationId.CompletionId(1)),
                                    leaf(new NotificationId.SignalIndex(17))))))),
            Map.entry("slow", List.of(new Command.Run(1, "long"))),
            Map.entry(
                    "caller",
                    List.of(new Command.Call(
                            "Counter",
                            "add",
                            Bytes.utf8("1"),
                            List.of(new Header("h", "v")),
                            "c2",
                            null,
                            null,
                            null,
                            1,
                            2,
                            ""))),
            Map.entry(
                    "add",
                    List.of(
                            new Command.SetState(Bytes.utf8("count"), Bytes.utf8("1"), ""),
                            new Command.SetState(Bytes.utf8("bin"), Bytes.wrap(new byte[] {(byte) 0xFF, 0, 1}), ""),
                            new Command.Output(text("1"), ""),
                            ControlMessage.End.INSTANCE)),
            Map.entry("hold", List.of(new Command.ClearState(Bytes.utf8("x"), ""))),
            Map.entry("callB", call("Counter", "b", "callA")),
            Map.entry("callA", call("Counter", "a", "callB")),
            Map.entry(
                    "run",
                    List.of(
                            new Command.CompletePromise("started", text("\"yes\""), 1, ""),
                            new Command.CompletePromise("bad", new Result.Failed(new Failure(500, "because")), 2, ""),
                            new Command.GetPromise("go", 3, ""))));

    /** Calls an object and waits for it, and for a cancellation. */
    private static List<Message> call(String service, String key, String handler) {
        return List.of(
                new Command.Call(service, handler, Bytes.EMPTY, List.of(), key, null, null, null, 1, 2, ""),
                new ControlMessage.Suspension(FutureTree.race(
                        List.of(leaf(NotificationId.SignalIndex.CANCEL), leaf(new NotificationId.CompletionId(2))))));
    }

    private static Result text(String json) {
        return new Result.Value(Bytes.utf8(json));
    }

    private static FutureTree leaf(NotificationId id) {
        return new FutureTree.Leaf(id);
    }

    /** Where they are said to be. */
    static Deployment deployment() {
        List<ServiceManifest> services = List.of(
                service("All", ServiceType.SERVICE, null, "ok", "fail", "flaky", "wait", "slow", "caller"),
                service("Counter", ServiceType.VIRTUAL_OBJECT, HandlerType.EXCLUSIVE, "add", "hold", "callA", "callB"),
                service("Flow", ServiceType.WORKFLOW, HandlerType.WORKFLOW, "run"));
        return new Deployment(
                new DeploymentId(1, 1),
                new DeploymentEndpoint.Http(
                        URI.create("http://localhost:9080/"), DeploymentEndpoint.HttpVersion.HTTP_2, Map.of()),
                new EndpointManifest(EndpointManifest.ProtocolMode.BIDI_STREAM, 5, 7, services, null),
                "scripted/1.0",
                Map.of(),
                1_700_000_000_000L);
    }

    private static ServiceManifest service(
            String name, ServiceType type, @Nullable HandlerType handlerType, String... handlers) {
        return ServiceManifest.of(
                name,
                type,
                Stream.of(handlers)
                        .map(handler -> HandlerManifest.of(handler, handlerType, null, null))
                        .toList());
    }

    @Override
    public AttemptStream open(AttemptHead head, AttemptListener listener) {
        return new AttemptStream() {
            private boolean hasSpoken;

            @Override
            public void send(List<RawMessage> messages) {
                if (!hasSpoken) {
                    hasSpoken = true;
                    speak(head.handler(), listener);
                }
            }

            @Override
            public void closeInput() {}

            @Override
            public void abort() {}
        };
    }

    private static void speak(String handler, AttemptListener listener) {
        List<Message> script = SCRIPTS.get(handler);
        if (script == null) {
            listener.onFailed("there is no handler '" + handler + "'");
            return;
        }
        listener.onMessages(script.stream().map(MessageCodec::encode).toList());
        Message last = script.getLast();
        if (last instanceof ControlMessage.End
                || last instanceof ControlMessage.ErrorMessage
                || last instanceof ControlMessage.Suspension) {
            listener.onClosed();
        }
    }
}
