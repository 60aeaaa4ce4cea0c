package dev.reprise.server.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.engine.Engine;
import dev.reprise.server.http.BodyLimits;
import dev.reprise.server.http.ContentType;
import dev.reprise.server.http.HttpServer;
import dev.reprise.server.http.RefusedBodyException;
import dev.reprise.server.http.RequestBodies;
import dev.reprise.server.http.RequestBodies.Body;
import dev.reprise.server.query.dialect.QueryShape;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryLimits;
import dev.reprise.server.query.output.JsonRowWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code POST} with {@code {"query":"SELECT …"}}: as JSON if the client accepts exactly {@code
 * application/json}, otherwise as an Arrow stream. The path does not matter; whoever mounts the handler decides on it.
 *
 * <p>Queries run on threads of their own, a limited number at once; see {@link AskedQuery}.
 */
public final class QueryHandler extends Handler.Abstract implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(QueryHandler.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration CLOSING_MAX = Duration.ofSeconds(1);

    /** What {@link QueryShape} accepts is planned within this time. */
    static final long STACK_BYTES = 8 << 20;

    private static final int REQUEST_BYTES_MAX = 1 << 20;
    /** For the queries that run or wait: their texts, and what is made of them. */
    private static final int REQUESTS_BYTES_MAX = 32 << 20;

    private static final int PARSED_FACTOR = 4;
    /** Typical queries: the CLI's for a list, a person's for a count. They read few rows. */
    private static final List<String> WARM_UP = List.of(
            "SELECT id, target, status, created_at FROM sys_invocation WHERE status = 'paused' ORDER BY created_at DESC"
                    + " LIMIT 1",
            "SELECT s.name, d.endpoint FROM sys_service s LEFT JOIN sys_deployment d ON s.deployment_id = d.id",
            "SELECT count(*) FROM sys_service");

    private static final String PLAIN = "text/plain; charset=utf-8";

    private final Supplier<QueryEngine> makeEngine;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor timer;
    private final Thread warmUp;
    private final QueryLimits limits;
    private final RequestBodies bodies = new RequestBodies(
            new BodyLimits(
                    REQUEST_BYTES_MAX,
                    REQUESTS_BYTES_MAX,
                    PARSED_FACTOR,
                    HttpServer.STALL_TIMEOUT,
                    BodyLimits.PATIENCE),
            "the server's heap",
            "No setting raises this: shorten the query.");
    /* Guarded by this. */
    private @Nullable QueryEngine engine;

    /** Answers queries about an engine. Nothing is loaded before the first query or the warm-up. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: where it counts, the warm-up yields
    public QueryHandler(Engine engine, QueryLimits limits, InstantSource clock) {
        this.limits = limits;
        this.makeEngine = () -> new QueryEngine(engine, limits, clock);
        this.threads = new ThreadPoolExecutor(
                limits.running(),
                limits.running(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(Math.max(1, limits.waiting())),
                Thread.ofPlatform()
                        .name("reprise-sql-", 0)
                        .daemon()
                        .stackSize(STACK_BYTES)
                        .factory());
        threads.allowCoreThreadTimeOut(true);
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("reprise-sql-timer").daemon().factory());
        timer.setRemoveOnCancelPolicy(true);
        this.warmUp = Thread.ofPlatform()
                .name("reprise-sql-warm-up")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .stackSize(STACK_BYTES)
                .unstarted(this::warmUp);
    }

    /**
     * Loads after a while, on a thread of its own, what the first query would otherwise need a second for. A query that
     * comes earlier loads it itself.
     */
    public void warmUpIn(Duration delay) {
        var _ = timer.schedule(warmUp::start, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void warmUp() {
        for (String sql : WARM_UP) {
            try (QueryResult result = engine().query(sql);
                    OutputStream out = OutputStream.nullOutputStream()) {
                AskedQuery.write(result, new JsonRowWriter(result.columns(), out));
            } catch (QueryException | IOException e) {
                logger.debug("queries are not warm; the first one will take a second", e);
                return;
            }
        }
    }

    /** Whether everything that queries need is loaded. */
    boolean isWarm() {
        return warmUp.getState() == Thread.State.TERMINATED;
    }

    /** The number of queries in progress. */
    int running() {
        return threads.getActiveCount();
    }

    /** The number of queries that wait for a thread. */
    int waiting() {
        return threads.getQueue().size();
    }

    private synchronized QueryEngine engine() {
        if (engine == null) {
            engine = makeEngine.get();
        }
        return engine;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        if (!request.getMethod().equals("POST")) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            response.setStatus(405);
            callback.succeeded();
            return true;
        }
        Body body = body(request, response, callback);
        if (body == null) {
            return true;
        }
        // Held until the answer is complete, because a waiting query takes memory too.
        Callback closing = Callback.from(callback, body::close);
        String sql = sql(body.bytes(), response, closing);
        if (sql == null) {
            return true;
        }
        new AskedQuery(sql, new AskedQuery.Exchange(request, response, closing), this::engine, timer, limits)
                .answerOn(threads);
        return true;
    }

    /** The body of a request; null if it was refused, which has then been answered. */
    private @Nullable Body body(Request request, Response response, Callback callback) throws IOException {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !ContentType.withoutParameters(type).equalsIgnoreCase("application/json")) {
            refuse(response, callback, 415, "Expected request with `Content-Type: application/json`");
            return null;
        }
        try {
            return bodies.read(request);
        } catch (RefusedBodyException e) {
            if (e.reason() == RefusedBodyException.Reason.NO_MEMORY) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            }
            refuse(response, callback, e.reason().status(), e.text());
            return null;
        }
    }

    /** The query in a body; null if there is none, which has then been answered. */
    private static @Nullable String sql(byte[] body, Response response, Callback callback) {
        try {
            JsonNode query = JSON.readTree(body).path("query");
            if (query.isTextual()) {
                return query.textValue();
            }
            refuse(
                    response,
                    callback,
                    422,
                    "Failed to deserialize the JSON body into the target type: expected a text in the field `query`");
        } catch (JsonProcessingException e) {
            refuse(response, callback, 400, "Failed to parse the request body as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
        return null;
    }

    private static void refuse(Response response, Callback callback, int status, String message) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, PLAIN);
        Content.Sink.write(response, true, message, callback);
    }

    /** Ends the threads; running queries are cut off. */
    @Override
    public void close() {
        threads.shutdownNow();
        timer.shutdownNow();
        try {
            if (warmUp.getState() != Thread.State.NEW) {
                // The engine is closed next.
                warmUp.join(CLOSING_MAX);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
