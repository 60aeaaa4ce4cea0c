package dev.reprise.server.query;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.reprise.server.http.Gzip;
import dev.reprise.server.http.RequestClient;
import dev.reprise.server.query.execution.QueryException;
import dev.reprise.server.query.execution.QueryException.Reason;
import dev.reprise.server.query.execution.QueryLimits;
import dev.reprise.server.query.execution.QueryWatch;
import dev.reprise.server.query.output.ArrowRowWriter;
import dev.reprise.server.query.output.JsonRowWriter;
import dev.reprise.server.query.output.RowWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's query, from its wait for a thread to the last row of its answer.
 *
 * <p>Rows go out as they are computed. A failure within the first {@value #HELD_BACK_BYTES} bytes is answered with a
 * status and {@code {"message":"…"}}; a later one breaks the answer off. When the client goes, the query ends: at once
 * if it waits, at its next step if it is being planned or run. If the client does not read, the query is cut at its
 * time limit.
 */
final class AskedQuery implements Runnable {
    private static final Logger logger = LoggerFactory.getLogger(AskedQuery.class);
    private static final int HELD_BACK_BYTES = 1 << 16;
    /** The query's own end at its limit explains why, so it comes first. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final String JSON = "application/json";
    private static final String ARROW = "application/vnd.apache.arrow.stream";

    private final String sql;
    private final Exchange exchange;
    private final Supplier<QueryEngine> engine;
    private final ScheduledExecutorService timer;
    private final QueryWatch watch;
    private volatile RequestClient.Watch client = () -> {};

    /** A request and its answer. */
    record Exchange(Request request, Response response, Callback callback) {}

    AskedQuery(
            String sql,
            Exchange exchange,
            Supplier<QueryEngine> engine,
            ScheduledExecutorService timer,
            QueryLimits limits) {
        this.sql = sql;
        this.exchange = exchange;
        this.engine = engine;
        this.timer = timer;
        this.watch = new QueryWatch(limits);
    }

    /** Lets one of these threads answer as soon as it is free. */
    void answerOn(ThreadPoolExecutor threads) {
        client = RequestClient.of(exchange.request()).watch(() -> clientGone(threads));
        try {
            threads.execute(this);
        } catch (RejectedExecutionException _) {
            exchange.response().getHeaders().put(HttpHeader.RETRY_AFTER, "1");
            fail(new QueryException(Reason.BUSY, "too many queries run already; try again later"));
        }
    }

    private void clientGone(ThreadPoolExecutor threads) {
        watch.cancel();
        if (threads.remove(this)) {
            ended().failed(new IOException("a client has gone before its query began"));
        }
    }

    /**
     * The end is reported here. The connection's next request may come then, so the connection is no longer watched.
     */
    private Callback ended() {
        client.close();
        return exchange.callback();
    }

    @Override
    public void run() {
        watch.restart();
        try (QueryResult result = engine.get().query(sql, watch)) {
            answer(result);
        } catch (QueryException e) {
            fail(e);
            return;
        } catch (IOException e) {
            logger.debug("a client went away before its query was answered", e);
            ended().failed(e);
            return;
        } catch (RuntimeException | Error e) { // whatever it is, it ends only this query, and the client hears of it
            logger.error("a query failed: {}", sql, e);
            fail(new QueryException(Reason.FAILED, "the query failed, see the server's log", e));
            return;
        }
        ended().succeeded();
    }

    private void answer(QueryResult result) throws IOException {
        Response response = exchange.response();
        boolean isJson = JSON.equals(exchange.request().getHeaders().get(HttpHeader.ACCEPT));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, isJson ? JSON : ARROW);
        Future<?> cut = cutWhenUnread();
        try {
            // Not closed after a failure: what is held back must not go out then.
            OutputStream out = new BufferedOutputStream(Content.Sink.asOutputStream(response), HELD_BACK_BYTES);
            if (Gzip.isTakenBy(exchange.request())) {
                writeCompressed(result, isJson, response, out);
            } else {
                write(result, writer(result, isJson, out));
            }
            out.close();
        } finally {
            cut.cancel(false);
        }
    }

    private static void writeCompressed(QueryResult result, boolean isJson, Response response, OutputStream out)
            throws IOException {
        Gzip.Stream compressed = new Gzip.Stream(response, out);
        try {
            write(result, writer(result, isJson, compressed));
            compressed.finish();
        } finally {
            compressed.release();
        }
    }

    private static RowWriter writer(QueryResult result, boolean isJson, OutputStream out) throws IOException {
        return isJson ? new JsonRowWriter(result.columns(), out) : new ArrowRowWriter(result.columns(), out);
    }

    /** A write blocks while the client does not read, so checking the limit between rows is not enough. */
    private Future<?> cutWhenUnread() {
        Duration time = watch.limits().time();
        String reason = "a query's answer was not read within " + time.toMillis() + " ms";
        return timer.schedule(
                () -> ended().failed(new TimeoutException(reason)),
                time.plus(GRACE).toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Writes all rows. */
    static void write(QueryResult result, RowWriter writer) throws IOException {
        for (@Nullable Object[] row = result.next(); row != null; row = result.next()) {
            writer.write(row);
        }
        writer.finish();
    }

    private void fail(QueryException e) {
        Response response = exchange.response();
        if (response.isCommitted()) {
            ended().failed(e);
            return;
        }
        response.setStatus(e.reason().status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
        response.getHeaders().remove(HttpHeader.CONTENT_ENCODING);
        byte[] body = JsonNodeFactory.instance
                .objectNode()
                .put("message", e.getMessage())
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        response.write(true, BufferUtil.toBuffer(body), ended());
    }
}
