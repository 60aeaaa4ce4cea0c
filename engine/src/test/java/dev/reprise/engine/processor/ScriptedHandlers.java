package dev.reprise.engine.processor;

import dev.reprise.engine.deployment.StreamFailure;
import dev.reprise.engine.partition.machine.Names;
import dev.reprise.engine.partition.machine.ScenarioParser;
import dev.reprise.engine.partition.machine.Words;
import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.ControlMessage;
import dev.reprise.protocol.ControlMessage.ErrorBehavior;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.Message;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.RawMessage;
import dev.reprise.protocol.discovery.EndpointManifest;
import dev.reprise.protocol.discovery.EndpointManifest.HandlerType;
import dev.reprise.protocol.discovery.EndpointManifest.RetryPolicyOnMaxAttempts;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.wire.MessageCodec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a scenario's deployments are and what their handlers say. */
final class ScriptedHandlers {
    private final Names names;
    private final ScriptedTransport transport;

    ScriptedHandlers(Names names, ScriptedTransport transport) {
        this.names = names;
        this.transport = transport;
    }

    /** {@code dp1 V7 Trips/plan [object] [inactivity= abort= tries= then= interval= lazy]}. */
    Deployment deployment(Words w) {
        String id = w.next();
        ProtocolVersion version = ProtocolVersion.valueOf(w.next());
        String[] path = w.next().split("/", -1);
        boolean object = w.takes("object");
        HandlerManifest handler = handler(path[1], object, w);
        ServiceManifest service = new ServiceManifest(
                path[0],
                object ? ServiceType.VIRTUAL_OBJECT : ServiceType.SERVICE,
                List.of(handler),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new Deployment(
                Names.deployment(id),
                new DeploymentEndpoint.InProcess(),
                new EndpointManifest(null, 5, version.number(), List.of(service), null),
                null,
                Map.of(),
                0);
    }

    private static HandlerManifest handler(String name, boolean object, Words w) {
        String tries = w.option("tries");
        String then = w.option("then");
        return new HandlerManifest(
                name,
                object ? HandlerType.EXCLUSIVE : null,
                null,
                null,
                null,
                null,
                millis(w, "inactivity"),
                millis(w, "abort"),
                null,
                null,
                null,
                w.takes("lazy") ? true : null,
                null,
                millis(w, "interval"),
                null,
                tries == null ? null : Long.valueOf(tries),
                null,
                then == null ? null : RetryPolicyOnMaxAttempts.valueOf(then));
    }

    private static @Nullable Long millis(Words w, String option) {
        String text = w.option(option);
        return text == null ? null : Long.valueOf(Names.millis(text));
    }

    /** {@code inv1} or {@code inv1#2}, and a message, {@code closes}, {@code breaks} or {@code busy 5s}. */
    void say(String who, Words w) {
        String[] parts = who.split("#", -1);
        ScriptedTransport.Attempt attempt = parts.length == 1
                ? transport.attempt(names.invocation(parts[0]))
                : transport.attempt(names.invocation(parts[0]), Integer.parseInt(parts[1]));
        if (w.takes("closes")) {
            attempt.closes();
        } else if (w.takes("busy")) {
            attempt.refuses(
                    new StreamFailure(503, "RT0006", "try again later", Names.millis(w.next())).beforeHandler());
        } else if (w.takes("breaks")) {
            attempt.fails("connection reset");
        } else {
            attempt.says(frame(w));
        }
    }

    private Frame frame(Words w) {
        boolean ack = w.takes("ack!");
        String what = w.next();
        if ("Raw".equals(what)) {
            return new Frame(new RawMessage(Integer.parseInt(w.next(), 16), Bytes.utf8("garbage")), ack);
        }
        return new Frame(MessageCodec.encode(message(what, w)), ack);
    }

    private Message message(String what, Words w) {
        return switch (what) {
            case "Run" -> new Command.Run(w.number(), "");
            case "Result" -> new ControlMessage.ProposeRunCompletion(w.number(), ScenarioParser.result(w));
            case "Set" -> new Command.SetState(Bytes.utf8(w.next()), Bytes.utf8(w.next()), "");
            case "Output" -> new Command.Output(ScenarioParser.result(w), "");
            case "Sleep" -> {
                int completion = w.number();
                yield new Command.Sleep(Names.millis(w.next()), completion, "");
            }
            case "Call" ->
                new Command.Call(
                        w.next(), w.next(), Bytes.EMPTY, List.of(), "", null, null, null, w.number(), w.number(), "");
            case "Signal" ->
                new Command.SendSignal(
                        names.invocation(w.next()).toString(),
                        new NotificationId.SignalIndex(w.number()),
                        ScenarioParser.result(w),
                        "");
            case "Suspend" -> new ControlMessage.Suspension(ScenarioParser.tree(w.rest()));
            case "Awaiting" -> new ControlMessage.AwaitingOn(ScenarioParser.tree(w.rest()), false);
            case "End" -> ControlMessage.End.INSTANCE;
            case "Error" -> error(w);
            default -> throw new IllegalArgumentException("no such message: " + what);
        };
    }

    /** {@code code message [at= delay= behavior=]}. */
    private static Message error(Words w) {
        int code = w.number();
        String text = w.next();
        String at = w.option("at");
        String delay = w.option("delay");
        return new ControlMessage.ErrorMessage(
                code,
                text,
                "at line 1",
                at == null ? null : Integer.valueOf(at),
                at == null ? null : "book",
                at == null ? null : MessageType.RUN.code(),
                delay == null ? null : Long.valueOf(Names.millis(delay)),
                ErrorBehavior.valueOf(w.option("behavior", "RETRY")));
    }
}
