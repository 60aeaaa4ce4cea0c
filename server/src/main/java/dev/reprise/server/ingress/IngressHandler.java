package dev.reprise.server.ingress;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reprise.engine.Engine;
import dev.reprise.engine.EngineHealth;
import dev.reprise.engine.call.Call;
import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.call.Refusal;
import dev.reprise.engine.call.UnresolvedCallException;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.partition.InvocationStatus;
import dev.reprise.engine.registry.HandlerDescriptor;
import dev.reprise.engine.response.Response;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ErrorCode;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.NotificationId;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.protocol.discovery.HandlerManifest;
import dev.reprise.protocol.id.AwakeableId;
import dev.reprise.protocol.id.InvocationId;
import dev.reprise.protocol.time.Millis;
import dev.reprise.server.http.AnswerMemory;
import dev.reprise.server.http.RefusedBodyException;
import dev.reprise.server.http.RefusedBodyException.Reason;
import dev.reprise.server.http.RequestBodies;
import dev.reprise.server.http.RequestBodies.Body;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** Answers the ingress's requests, each on a thread that may block. */
final class IngressHandler extends Handler.Abstract {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String IDEMPOTENCY_KEY = "idempotency-key";
    private static final String INGRESS_PATH = "x-restate-ingress-path";
    private static final String LIMIT_KEY = "x-restate-limit-key";
    private static final int RETRY_SECONDS = 1;
    /**
     * Headers that concern this request alone, and those that only this server sets, so that a client cannot set them.
     */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "host",
            IDEMPOTENCY_KEY,
            "idempotency-expires",
            INGRESS_PATH,
            "x-restate-id",
            "x-restate-invocation-id",
            "x-restate-service-key",
            "x-restate-error-source",
            "x-restate-cluster-name",
            "x-restate-signature-scheme",
            "x-restate-jwt-v1");

    private static final DateTimeFormatter TIME = inUtc("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'");
    private static final DateTimeFormatter FULL_SECOND = inUtc("uuuu-MM-dd'T'HH:mm:ss'Z'");

    private final Engine engine;
    private final RequestBodies bodies;
    private final AnswerMemory answers;
    private final InstantSource clock;
    private final IngressTraces traces;

    IngressHandler(
            Engine engine, RequestBodies bodies, AnswerMemory answers, InstantSource clock, IngressTraces traces) {
        this.engine = engine;
        this.bodies = bodies;
        this.answers = answers;
        this.clock = clock;
        this.traces = traces;
    }

    @Override
    public boolean handle(Request request, org.eclipse.jetty.server.Response response, Callback callback) {
        if (request.getLength() > bodies.bytesMax()) {
            Answer.tooLarge().writeTo(request, response, callback);
            return true;
        }
        Cors.allow(request, response.getHeaders());
        ResponseWait wait = new ResponseWait(engine, request, answers.reservation());
        boolean answered = false;
        try {
            Answer answer = Cors.isPreflight(request) ? Answer.empty(200) : answer(request, wait);
            answer.writeTo(request, response, Callback.from(callback, wait::close));
            answered = true;
        } finally {
            if (!answered) {
                wait.close();
            }
        }
        return true;
    }

    private Answer answer(Request request, ResponseWait wait) {
        try {
            if (request.getMethod().equals("GET")
                    && request.getHttpURI().getPath().equals("/")) {
                throw IngressException.nothingAtRoot();
            }
            IngressRequest asked = IngressPath.parse(request.getHttpURI().getPath(), engine.registry()::service);
            return switch (asked) {
                case IngressRequest.Health _ -> health(request);
                case IngressRequest.Invoke invoke -> invoke(invoke, request, wait);
                case IngressRequest.CompleteAwakeable completion -> completeAwakeable(completion, request, wait);
                case IngressRequest.Signal signal -> signal(signal, request, wait);
                case IngressRequest.Result result -> {
                    InvocationId id = resolve(result.reference());
                    requireMethod(request, "GET");
                    yield result(id, result.untilCompleted(), wait);
                }
                case IngressRequest.ResultByBody byBody ->
                    result(resolve(reference(request, "request")), byBody.untilCompleted(), wait);
                case IngressRequest.Lookup _ -> {
                    ObjectNode found = JSON.createObjectNode();
                    found.put(
                            "invocationId",
                            resolve(reference(request, "lookup")).toString());
                    yield Answer.json(200, found);
                }
            };
        } catch (IngressException e) {
            return refused(e);
        } catch (UnresolvedCallException | EngineException | LogException e) {
            return refused(IngressException.of(Refusal.of(e)));
        }
    }

    /** The status with which a request is answered that this ended. */
    private static int status(RuntimeException e) {
        return switch (e) {
            case IngressException refused -> refused.status();
            case UnresolvedCallException _, EngineException _, LogException _ ->
                Refusal.of(e).code();
            default -> 500;
        };
    }

    private static Answer refused(IngressException e) {
        Answer refusal = Answer.error(e.status(), e.reason());
        return e.isForNow() ? refusal.retriedAfter(RETRY_SECONDS) : refusal;
    }

    private Answer health(Request request) {
        requireMethod(request, "GET");
        EngineHealth health = engine.health();
        if (!health.isWell()) {
            return Answer.error(EngineException.UNAVAILABLE, health.complaint());
        }
        ObjectNode body = JSON.createObjectNode();
        engine.registry().serviceNames().forEach(body.putArray("services")::add);
        return Answer.json(200, body);
    }

    private Answer invoke(IngressRequest.Invoke invoke, Request request, ResponseWait wait) {
        String service = invoke.service().name();
        HandlerDescriptor handler = invoke.service()
                .handler(invoke.handler())
                .orElseThrow(() -> UnresolvedCallException.handlerNotFound(service, invoke.handler()));
        if (!handler.isPublic()) {
            throw IngressException.privateService();
        }
        if (!request.getMethod().equals("GET")) {
            requireMethod(request, "POST");
        }
        String key = invoke.key() == null ? "" : invoke.key() + '/';
        IngressTraces.Trace trace = traces.begin(service, service + '/' + key + invoke.handler(), headers(request));
        try {
            Submitted submitted = submit(invoke, handler, request, trace.headers(), wait);
            Response response = wait.await(submitted.response());
            Answer answer = invoke.send()
                    ? sent(response, submitted.executionTimeMillis())
                    : completed(response, handler.manifest().output());
            trace.end(answer.invocation(), answer.status());
            return answer;
        } catch (RuntimeException e) {
            trace.end(null, status(e));
            throw e;
        }
    }

    /** What the engine was asked for and when that will happen; 0 for at once. */
    private record Submitted(CompletableFuture<Response> response, long executionTimeMillis) {}

    private Answer sent(Response response, long askedTimeMillis) {
        if (!(response instanceof Response.Accepted(InvocationId id, boolean existedBefore))) {
            return completed(response, null);
        }
        ObjectNode body = JSON.createObjectNode();
        body.put("invocationId", id.toString());
        long executionTimeMillis = existedBefore ? scheduledFor(id) : askedTimeMillis;
        if (executionTimeMillis > 0) {
            body.put("executionTime", time(executionTimeMillis));
        }
        body.put("status", existedBefore ? "PreviouslyAccepted" : "Accepted");
        return Answer.json(202, body).withInvocation(id);
    }

    private static DateTimeFormatter inUtc(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** With nine digits after the seconds or none, as clients of Restate expect. */
    private static String time(long millis) {
        return (millis % 1_000 == 0 ? FULL_SECOND : TIME).format(Instant.ofEpochMilli(millis));
    }

    /** When a delayed invocation will run; 0 for any other. */
    private long scheduledFor(InvocationId id) {
        return await(engine.views().invocation(id))
                .filter(found -> found.status() instanceof InvocationStatus.Scheduled)
                .map(found -> found.request().executionTimeMillis())
                .orElse(0L);
    }

    /** Hands a call to the engine; once that is done, nothing here refers to its body any more. */
    private Submitted submit(
            IngressRequest.Invoke invoke,
            HandlerDescriptor handler,
            Request request,
            List<Header> headers,
            ResponseWait wait) {
        Fields query = Request.extractQueryParameters(request);
        String delay = delay(query);
        if (delay != null && !invoke.send()) {
            throw new IngressException(
                    400, "cannot use the delay query parameter with calls. The delay is supported only with sends");
        }
        long executionTimeMillis = delay == null ? 0 : Millis.after(clock.millis(), DelayParameter.parse(delay));
        String scope = ScopeRules.scope(invoke.scope());
        String limitKey = ScopeRules.limitKey(request.getHeaders().get(LIMIT_KEY));
        if (limitKey != null && scope == null) {
            throw new IngressException(400, "limit-key requires a scope to be set");
        }
        try (Body body = body(request)) {
            Bytes input = Bytes.wrap(body.bytes());
            InputCheck.requireFitting(
                    handler.manifest().input(), request.getHeaders().get("content-type"), input);
            Call call = new Call(
                    invoke.service().name(),
                    invoke.key(),
                    invoke.handler(),
                    input,
                    headers,
                    idempotencyKey(handler, request),
                    scope,
                    limitKey,
                    executionTimeMillis,
                    null);
            return new Submitted(
                    invoke.send() ? engine.send(call, handler) : engine.call(call, handler, wait.room()),
                    executionTimeMillis);
        }
    }

    /** The first header of that name, ignoring case. */
    private static @Nullable String delay(Fields query) {
        for (Fields.Field field : query) {
            if (field.getName().equalsIgnoreCase("delay")) {
                return field.getValue();
            }
        }
        return null;
    }

    private static @Nullable String idempotencyKey(HandlerDescriptor handler, Request request) {
        String key = request.getHeaders().get(IDEMPOTENCY_KEY);
        if (key != null && handler.kind() == HandlerKind.WORKFLOW_RUN) {
            throw new IngressException(
                    400,
                    "cannot use the idempotency key with workflow handlers. The handler invocation will already be "
                            + "idempotent by the workflow key itself.");
        }
        return key;
    }

    private static List<Header> headers(Request request) {
        List<Header> headers = new ArrayList<>();
        headers.add(new Header(INGRESS_PATH, request.getHttpURI().getPathQuery()));
        for (HttpField field : request.getHeaders()) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            requireAscii(name, field);
            if (!NOT_FORWARDED.contains(name)) {
                headers.add(new Header(name, String.valueOf(field.getValue())));
            }
        }
        return headers;
    }

    /** Sender and handler agree on no meaning of other bytes, and two keys might become one. */
    private static void requireAscii(String name, HttpField field) {
        String value = String.valueOf(field.getValue());
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if ((unit < ' ' || unit > '~') && unit != '\t') {
                throw new IngressException(
                        400, "bad header " + name + ": only visible characters of ASCII are allowed");
            }
        }
    }

    private Answer completeAwakeable(IngressRequest.CompleteAwakeable completion, Request request, ResponseWait wait) {
        requireMethod(request, "POST");
        try (Body body = body(request)) {
            AwakeableId awakeable = AwakeableId.parse(completion.awakeableId());
            wait.await(engine.completeAwakeable(awakeable, result(completion.reject(), body)));
        } catch (ProtocolException e) {
            throw IngressException.badAwakeableId(completion.awakeableId(), String.valueOf(e.getMessage()));
        }
        return Answer.empty(202);
    }

    private Answer signal(IngressRequest.Signal signal, Request request, ResponseWait wait) {
        requireMethod(request, "POST");
        InvocationId id = resolve(new InvocationReference.ById(signal.invocationId()));
        Response response;
        try (Body body = body(request)) {
            response = wait.await(
                    engine.signal(id, new NotificationId.SignalName(signal.name()), result(signal.reject(), body)));
        }
        return response instanceof Response.Done ? Answer.empty(202).withInvocation(id) : completed(response, null);
    }

    private static Result result(boolean reject, Body body) {
        Bytes content = Bytes.wrap(body.bytes());
        return reject ? new Result.Failed(new Failure(ErrorCode.INTERNAL, content.utf8())) : new Result.Value(content);
    }

    private Answer result(InvocationId id, boolean untilCompleted, ResponseWait wait) {
        InvocationReference byId = new InvocationReference.ById(id.toString());
        Response response =
                wait.await(untilCompleted ? engine.attach(byId, wait.room()) : engine.output(byId, wait.room()));
        if (untilCompleted && response instanceof Response.NotFound) {
            return Answer.failure(new Failure(404, "not found"), "").withInvocation(id);
        }
        return completed(response, response instanceof Response.Completed ? outputOf(id) : null);
    }

    /** What an invocation's handler declares about its results; null if the handler no longer exists. */
    private HandlerManifest.@Nullable Output outputOf(InvocationId id) {
        return await(engine.views().invocation(id))
                .map(found -> found.request().target())
                .flatMap(target -> engine.registry()
                        .service(target.service())
                        .flatMap(service -> service.handler(target.handler())))
                .map(handler -> handler.manifest().output())
                .orElse(null);
    }

    private static InvocationId resolve(InvocationReference reference) {
        try {
            return InvocationId.of(reference);
        } catch (ProtocolException e) {
            String id = reference instanceof InvocationReference.ById(String text) ? text : reference.toString();
            throw IngressException.badInvocationId(id, String.valueOf(e.getMessage()));
        }
    }

    private InvocationReference reference(Request request, String what) {
        requireMethod(request, "POST");
        try (Body body = body(request)) {
            return ReferenceBody.read(Bytes.wrap(body.bytes()), what);
        }
    }

    private static Answer completed(Response response, HandlerManifest.@Nullable Output output) {
        return switch (response) {
            case Response.Completed(InvocationId id, Bytes value, long keptUntilMillis) ->
                Answer.value(value, output).withInvocation(id).keptUntil(keptUntilMillis);
            case Response.Failed(InvocationId id, Failure failure, String stacktrace, long keptUntilMillis) ->
                Answer.failure(failure, stacktrace).withInvocation(id).keptUntil(keptUntilMillis);
            case Response other -> throw IngressException.of(Refusal.of(other));
        };
    }

    private static void requireMethod(Request request, String method) {
        if (!request.getMethod().equals(method)) {
            throw IngressException.methodNotAllowed();
        }
    }

    /** The caller drops its reference once the engine has it. */
    private Body body(Request request) {
        try {
            return bodies.read(request);
        } catch (RefusedBodyException e) {
            throw e.reason() == Reason.TOO_LARGE
                    ? IngressException.bodyTooLarge()
                    : new IngressException(e.reason().status(), e.text());
        } catch (IOException e) {
            throw new IngressException(500, "cannot read body: " + e.getMessage());
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
