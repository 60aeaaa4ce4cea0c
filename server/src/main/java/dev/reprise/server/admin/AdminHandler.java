package dev.reprise.server.admin;

import dev.reprise.engine.call.EngineException;
import dev.reprise.engine.call.Refusal;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.ErrorPage;
import dev.reprise.server.http.AnswerMemory;
import dev.reprise.server.http.BodyLimits;
import dev.reprise.server.http.ClientGoneException;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.http.RefusedBodyException;
import dev.reprise.server.http.RequestBodies;
import dev.reprise.server.http.RequestBodies.Body;
import dev.reprise.server.http.RequestClient;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the requests of the admin API, each on a thread that may block. Requests to {@code /query} go on to the
 * handler that it wraps.
 *
 * <p>Each path may begin with a version ({@code /v4/services}); without one the newest is meant.
 */
public final class AdminHandler extends Handler.Wrapper {
    private static final Logger logger = LoggerFactory.getLogger(AdminHandler.class);
    private static final int CONTENT_BYTES_MAX = 32 << 20;
    /**
     * The memory that one byte of a body takes when it is read as JSON; far more for a body that is nothing but small
     * numbers.
     */
    private static final int PARSED_FACTOR = 4;

    private static final int PATH_CHARS_SHOWN = 200;

    static final int VERSION_MIN = 2;
    static final int VERSION_MAX = 4;

    private final Routes routes;
    private final RequestBodies bodies;
    private final AnswerMemory answers = AnswerMemory.ofHeap();

    /**
     * A handler of the admin API.
     *
     * @param bodyMemoryBytes how much memory all request bodies may take together, with what they are parsed to
     * @param query answers {@code POST /query}; null if nothing does
     */
    public AdminHandler(AdminContext context, long bodyMemoryBytes, @Nullable Handler query) {
        super(query);
        this.bodies = new RequestBodies(
                new BodyLimits(
                        CONTENT_BYTES_MAX,
                        bodyMemoryBytes,
                        PARSED_FACTOR,
                        HttpServer.STALL_TIMEOUT,
                        BodyLimits.PATIENCE),
                "admin.request-memory-limit",
                "No setting raises this: ask for less at once.");
        this.routes = AdminRoutes.of(context);
    }

    /** A path without its version, which is 0 if there is none. */
    private record VersionedPath(int version, List<String> segments) {
        static VersionedPath of(String path) {
            List<String> segments = new ArrayList<>();
            for (String segment : path.split("/", -1)) {
                segments.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
            String first = segments.size() > 1 ? segments.get(1) : "";
            int version = first.length() == 2 && first.charAt(0) == 'v' ? first.charAt(1) - '0' : 0;
            if (version < 1 || version > VERSION_MAX) {
                return new VersionedPath(0, segments);
            }
            segments.remove(1);
            return new VersionedPath(version, segments);
        }
    }

    /** Blocks on the engine and on bodies, whatever the wrapped handler does. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        VersionedPath path;
        try {
            path = VersionedPath.of(request.getHttpURI().getPath());
        } catch (IllegalArgumentException e) {
            AdminAnswer.text(400, "Invalid URL: " + e.getMessage()).writeTo(request, response, callback);
            return true;
        }
        if (path.version() >= VERSION_MIN || path.version() == 0) {
            boolean isQuery = path.segments().equals(List.of("", "query"));
            if (isQuery && request.getMethod().equals("POST") && super.handle(request, response, callback)) {
                return true;
            }
            write(answer(request, path), request, response, callback);
        } else {
            AdminAnswer.text(400, unsupported(path.version())).writeTo(request, response, callback);
        }
        return true;
    }

    /** Whatever happened to this request, the admin API answers the next one. */
    private void write(AdminAnswer answer, Request request, Response response, Callback callback) {
        AnswerMemory.Reservation reservation = answers.reservation();
        if (reservation.take(answer.body().size(), true)) {
            answer.writeTo(request, response, Callback.from(callback, reservation::close));
        } else {
            AdminAnswer.error(
                            503,
                            "The memory for answers is taken by clients that have not read theirs: ask again later.",
                            null)
                    .with("retry-after", "1")
                    .writeTo(request, response, callback);
        }
    }

    private static String unsupported(int version) {
        return "Unsupported Admin API version V" + version + ". This server supports versions between V" + VERSION_MIN
                + " and V" + VERSION_MAX + ".";
    }

    private AdminAnswer answer(Request request, VersionedPath path) {
        return switch (routes.match(request.getMethod(), path.segments())) {
            case Routes.Match.None _ ->
                AdminException.noSuchPath(shown(request)).answer();
            case Routes.Match.OtherMethods others ->
                AdminException.otherMethod(shown(request), request.getMethod(), others.methods())
                        .answer()
                        .with("allow", String.join(",", others.methods()));
            case Routes.Match.Found found -> answer(request, path.version(), found);
        };
    }

    private static String shown(Request request) {
        String path = request.getHttpURI().getPath();
        return path.length() <= PATH_CHARS_SHOWN ? path : path.substring(0, PATH_CHARS_SHOWN) + "…";
    }

    /** The memory that request bodies take, for metrics. */
    public List<MemoryPool> pools() {
        return bodies.pools();
    }

    /** The memory that answers take, for metrics. */
    public List<MemoryPool> answerPools() {
        return answers.pools();
    }

    private AdminAnswer answer(Request request, int version, Routes.Match.Found found) {
        try (Body content = content(request)) {
            AdminRequest asked = new AdminRequest(
                    version,
                    found.parameters(),
                    query(request),
                    request.getHeaders().get(HttpHeader.CONTENT_TYPE),
                    Bytes.wrap(content.bytes()));
            return ScopedValue.where(EngineAnswers.CLIENT, RequestClient.of(request))
                    .call(() -> found.route().endpoint().answer(asked));
        } catch (ClientGoneException e) {
            throw e;
        } catch (AdminException e) {
            e.code()
                    .ifPresent(code -> logger.info(
                            "{} {} was refused: {} {}",
                            request.getMethod(),
                            request.getHttpURI().getPath(),
                            e.getMessage(),
                            ErrorPage.of(code)));
            return e.answer();
        } catch (EngineException | LogException e) {
            return AdminException.of(Refusal.of(e)).answer();
        } catch (RuntimeException e) {
            logger.error(
                    "{} {} failed", request.getMethod(), request.getHttpURI().getPath(), e);
            return AdminAnswer.error(500, "Internal server error: " + e.getMessage(), null);
        }
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            parameters.put(field.getName(), field.getValues().getLast());
        }
        return parameters;
    }

    private Body content(Request request) {
        try {
            return bodies.read(request);
        } catch (RefusedBodyException e) {
            throw AdminException.malformed(e.reason().status(), e.text());
        } catch (IOException e) {
            throw AdminException.malformed(400, "Failed to read the request body: " + e.getMessage());
        }
    }
}
