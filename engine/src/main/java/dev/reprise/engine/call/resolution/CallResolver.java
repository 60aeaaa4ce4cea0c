package dev.reprise.engine.call.resolution;

import dev.reprise.engine.call.Call;
import dev.reprise.engine.call.ScopeSyntax;
import dev.reprise.engine.call.UnresolvedCallException;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.partition.InvocationRequest;
import dev.reprise.engine.partition.InvocationTarget;
import dev.reprise.engine.partition.Origin;
import dev.reprise.engine.partition.RequestId;
import dev.reprise.engine.partition.ResponseSink;
import dev.reprise.engine.partition.TraceContext;
import dev.reprise.engine.registry.HandlerDescriptor;
import dev.reprise.engine.registry.HandlerSettings;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.Command;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.id.PartitionKey;
import dev.reprise.protocol.time.Millis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a call into a complete {@link InvocationRequest}: looks up the handler and draws ids and seeds, so that the
 * record in the log says everything. Any thread, if the random source allows it.
 */
public final class CallResolver {
    private final Registry registry;
    private final EngineConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;

    public CallResolver(Registry registry, EngineConfig config, InstantSource clock, RandomGenerator random) {
        this.registry = registry;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Completes a call.
     *
     * @throws UnresolvedCallException when there is no such service or handler, a key is missing or superfluous, or
     *     there is a limit key without a scope
     */
    public InvocationRequest resolve(
            Call spec, Origin origin, @Nullable ResponseSink responseTo, @Nullable RequestId submitRequestId) {
        return resolve(spec, handlerOf(spec), origin, responseTo, submitRequestId);
    }

    /**
     * Completes a call to a handler that is already known.
     *
     * @throws UnresolvedCallException when a key is missing or superfluous, or there is a limit key without a scope
     */
    public InvocationRequest resolve(
            Call spec,
            HandlerDescriptor handler,
            Origin origin,
            @Nullable ResponseSink responseTo,
            @Nullable RequestId submitRequestId) {
        requireWellFormed(spec, handler);
        InvocationTarget target = new InvocationTarget(spec.service(), spec.key(), spec.handler(), handler.kind());
        Duration journalRetention =
                Optional.ofNullable(handler.settings().journalRetention()).orElse(config.journalRetention());
        Duration retention = resultRetention(spec, handler).orElse(journalRetention);
        return new InvocationRequest(
                idOf(spec, handler.kind()),
                target,
                spec.argument(),
                spec.headers(),
                spec.idempotencyKey(),
                spec.scope(),
                spec.limitKey(),
                spec.executionTimeMillis(),
                Millis.of(retention),
                Math.min(Millis.of(journalRetention), Millis.of(retention)),
                random.nextLong(),
                origin,
                responseTo,
                submitRequestId);
    }

    /**
     * The handler that a call names.
     *
     * @throws UnresolvedCallException when there is no such service or handler
     */
    public HandlerDescriptor handlerOf(Call spec) {
        return registry.service(spec.service())
                .orElseThrow(() -> UnresolvedCallException.serviceNotFound(spec.service()))
                .handler(spec.handler())
                .orElseThrow(() -> UnresolvedCallException.handlerNotFound(spec.service(), spec.handler()));
    }

    private static void requireWellFormed(Call spec, HandlerDescriptor handler) {
        boolean isKeyed = handler.kind() != HandlerKind.SERVICE;
        if (isKeyed != (spec.key() != null)) {
            throw new UnresolvedCallException(
                    400,
                    isKeyed
                            ? "'" + spec.service() + "' needs a key"
                            : "'" + spec.service() + "' is a service and takes no key, found '" + spec.key() + "'");
        }
        if (spec.limitKey() != null && spec.scope() == null) {
            throw new UnresolvedCallException(400, "limit-key requires a scope to be set");
        }
    }

    private InvocationId idOf(Call spec, HandlerKind kind) {
        String key = spec.key();
        if (kind == HandlerKind.WORKFLOW_RUN && key != null) {
            return InvocationId.of(new InvocationReference.ByWorkflow(spec.service(), key, spec.scope()));
        }
        String idempotencyKey = spec.idempotencyKey();
        if (idempotencyKey != null) {
            return InvocationId.of(new InvocationReference.ByIdempotencyKey(
                    spec.service(), key, spec.handler(), idempotencyKey, spec.scope()));
        }
        return InvocationId.fresh(partitionKey(spec), clock.millis(), random.nextLong(), random.nextLong());
    }

    /**
     * A scope keeps everything in it together; otherwise a key does; an invocation with neither stays close to its
     * caller.
     */
    private long partitionKey(Call spec) {
        String together = spec.scope() != null ? spec.scope() : spec.key();
        if (together != null) {
            return PartitionKey.of(together);
        }
        Long near = spec.near();
        return near != null ? near : PartitionKey.ofService(spec.service(), random.nextLong());
    }

    /** How long invocations are kept after their end, each of those that handlers and the engine's defaults name. */
    public NavigableSet<Long> retentionsMillis() {
        NavigableSet<Long> all = new TreeSet<>();
        Stream.of(config.journalRetention(), config.idempotencyRetention(), config.workflowRetention())
                .forEach(retention -> all.add(Millis.of(retention)));
        for (String service : registry.serviceNames()) {
            registry.service(service).stream()
                    .flatMap(found -> found.handlers().stream())
                    .map(HandlerDescriptor::settings)
                    .flatMap(settings -> Stream.of(
                            Optional.ofNullable(settings.journalRetention()),
                            Optional.ofNullable(settings.idempotencyRetention()),
                            Optional.ofNullable(settings.workflowRetention())))
                    .flatMap(Optional::stream)
                    .forEach(retention -> all.add(Millis.of(retention)));
        }
        return all;
    }

    /** How long to keep a result that others may ask for; zero where only the journal is of interest later. */
    private Optional<Duration> resultRetention(Call spec, HandlerDescriptor handler) {
        HandlerSettings settings = handler.settings();
        if (handler.kind() == HandlerKind.WORKFLOW_RUN) {
            return Optional.of(Optional.ofNullable(settings.workflowRetention()).orElse(config.workflowRetention()));
        }
        return spec.idempotencyKey() == null
                ? Optional.empty()
                : Optional.of(
                        Optional.ofNullable(settings.idempotencyRetention()).orElse(config.idempotencyRetention()));
    }

    /**
     * The invocation that a handler's call or one-way call creates.
     *
     * @param trace the caller's headers about its trace
     * @param index the command's place among the caller's
     */
    public InvocationRequest resolve(Origin.Caller caller, List<Header> trace, Command command, int index) {
        long near = caller.id().partitionKey();
        return switch (command) {
            case Command.Call c ->
                resolve(
                        new Call(
                                c.serviceName(),
                                keyOf(c.serviceName(), c.key()),
                                c.handlerName(),
                                c.parameter(),
                                TraceContext.ofCall(c.headers(), caller.id(), trace),
                                c.idempotencyKey(),
                                c.scope(),
                                ScopeSyntax.limitKey(
                                        "Command: Call (command index " + index + ")", c.scope(), c.limitKey()),
                                0,
                                near),
                        caller,
                        new ResponseSink.Caller(caller.id(), c.resultCompletionId(), MessageType.CALL_COMPLETION),
                        null);
            case Command.OneWayCall c ->
                resolve(
                        new Call(
                                c.serviceName(),
                                keyOf(c.serviceName(), c.key()),
                                c.handlerName(),
                                c.parameter(),
                                TraceContext.ofCall(c.headers(), caller.id(), trace),
                                c.idempotencyKey(),
                                c.scope(),
                                ScopeSyntax.limitKey(
                                        "Command: OneWayCall (command index " + index + ")", c.scope(), c.limitKey()),
                                Millis.ofUnsigned(c.invokeTimeMillis()),
                                near),
                        caller,
                        null,
                        null);
            default -> throw new IllegalArgumentException("not a call: " + command);
        };
    }

    private @Nullable String keyOf(String service, String key) {
        boolean keyed =
                registry.service(service).map(ServiceDescriptor::isKeyed).orElse(!key.isEmpty());
        return keyed ? key : null;
    }
}
