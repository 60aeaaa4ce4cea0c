package dev.reprise.server.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection over HTTP/2. Requests are sent once the peer's settings have arrived, so that it never gets more at once
 * than it allows. The window of the whole connection is refilled at once, so that a stream that is held back does not
 * hold back the others.
 */
final class Http2Link extends Http2ConnectionHandler implements Link {
    /** How Netty's message begins when the five bytes {@code HTTP/} arrive where settings must come. */
    private static final String HTTP_1_BEGINS = "485454502f";

    private static final int CONNECTION_WINDOW_BYTES = 16 << 20;

    private final Destination destination;
    private final HttpOptions options;
    private final Loop loop;
    private final Listener listener;
    private final Http2Connection.PropertyKey exchangeKey;

    private @Nullable ChannelHandlerContext context;
    private boolean ready;
    private boolean retired;
    private boolean answered = true;
    private long unusedSinceNanos = System.nanoTime();
    private @Nullable ScheduledFuture<?> nextSign;
    private @Nullable ScheduledFuture<?> idleCheck;
    private ExchangeFailure why;

    private Http2Link(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings,
            Destination destination,
            HttpOptions options,
            LinkOwner owner) {
        super(decoder, encoder, settings);
        this.destination = destination;
        this.options = options;
        this.loop = owner.loop();
        this.listener = owner.listener();
        this.exchangeKey = connection().newKey();
        this.why = ExchangeFailure.network(destination + " closed the connection");
        connection().addListener(new Streams());
        encoder.flowController().listener(stream -> exchange(stream, Http2Exchange::becameWritable));
    }

    /** The listener of a connection, and the loop that it belongs to. */
    record LinkOwner(Loop loop, Listener listener) {}

    static Http2Link create(Destination destination, HttpOptions options, LinkOwner owner) {
        return new Builder(destination, options, owner).build();
    }

    ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the connection is not in a pipeline yet");
        }
        return context;
    }

    Loop loop() {
        return loop;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        context = ctx;
        super.handlerAdded(ctx);
        if (ctx.channel().isActive()) {
            widenConnectionWindow();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        super.channelActive(ctx);
        widenConnectionWindow();
        ctx.flush();
    }

    private void widenConnectionWindow() throws Http2Exception {
        Http2Stream whole = connection().connectionStream();
        int now = connection().local().flowController().initialWindowSize(whole);
        connection().local().flowController().incrementWindowSize(whole, CONNECTION_WINDOW_BYTES - now);
    }

    @Override
    public boolean hasRoom() {
        return ready
                && !retired
                && connection().local().canOpenStream()
                && connection().numActiveStreams() < options.streamsPerConnectionMax();
    }

    @Override
    public void open(RequestHead head, ExchangeListener exchangeListener) {
        int id = connection().local().incrementAndGetNextStreamId();
        Http2Exchange exchange = new Http2Exchange(this, id, exchangeListener);
        var _ = encoder()
                .writeHeaders(
                        context(),
                        id,
                        Http2Exchange.headers(destination, head),
                        0,
                        false,
                        context().newPromise());
        Http2Stream stream = connection().stream(id);
        if (stream == null) {
            retire();
            exchangeListener.onFailed(ExchangeFailure.network("no stream could be opened to " + destination));
            return;
        }
        stream.setProperty(exchangeKey, exchange);
        exchange.opened();
        loop.flushSoon(this);
    }

    @Override
    public void flush() {
        flush(context());
    }

    /** Accepts no more requests, and closes the connection once those in progress have ended. */
    private void retire() {
        if (!retired) {
            retired = true;
            listener.onClosed(this);
        }
        closeIfUnused();
    }

    private void closeIfUnused() {
        if (connection().numActiveStreams() == 0) {
            var _ = context().close();
        }
    }

    void becameReady() {
        if (!ready) {
            ready = true;
            listener.onReady(this);
            scheduleSign();
            scheduleIdleCheck();
        }
    }

    void goingAway(long code) {
        why = ExchangeFailure.network(destination + " is going away (" + errorText(code) + ")");
        retire();
    }

    private static String errorText(long code) {
        Http2Error error = Http2Error.valueOf(code);
        return error == null ? "code " + code : error.toString();
    }

    void signOfLife() {
        answered = true;
    }

    private void scheduleSign() {
        if (!options.keepAliveInterval().isZero()) {
            nextSign = context()
                    .executor()
                    .schedule(this::askForSign, options.keepAliveInterval().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void askForSign() {
        answered = false;
        var _ = encoder()
                .writePing(context(), false, System.nanoTime(), context().newPromise());
        flush();
        nextSign = context()
                .executor()
                .schedule(this::expectSign, options.keepAliveTimeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** At most one check is in progress, however often the connection falls idle. */
    private void scheduleIdleCheck() {
        Duration idle = options.idleTimeout();
        if (idleCheck == null && !idle.isZero()) {
            long nanos = Math.max(0, idle.toNanos() - (System.nanoTime() - unusedSinceNanos));
            idleCheck = context().executor().schedule(this::retireIfIdle, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void retireIfIdle() {
        idleCheck = null;
        if (connection().numActiveStreams() > 0) {
            return;
        }
        if (System.nanoTime() - unusedSinceNanos >= options.idleTimeout().toNanos()) {
            retire();
        } else {
            scheduleIdleCheck();
        }
    }

    private void expectSign() {
        if (answered) {
            scheduleSign();
        } else {
            why = ExchangeFailure.network(destination + " gave no sign of life (no answer to an HTTP/2 ping within "
                    + options.keepAliveTimeout().toMillis() + " ms)");
            // The peer is considered dead, so nothing is sent to it any more.
            context().channel().unsafe().close(context().voidPromise());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (nextSign != null) {
            nextSign.cancel(false);
        }
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
        super.channelInactive(ctx);
        if (!ready) {
            listener.onFailed(why);
        } else if (!retired) {
            retired = true;
            listener.onClosed(this);
        }
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        String text = String.valueOf(cause.getMessage());
        why = !ready && text.contains(HTTP_1_BEGINS)
                ? new ExchangeFailure(
                        ExchangeFailure.Kind.SPEAKS_HTTP_1_1,
                        destination
                                + " answered HTTP/2 with HTTP/1.1: it possibly supports only HTTP/1.1, register it with"
                                + " --use-http1.1")
                : ExchangeFailure.network("the connection to " + destination + " failed: " + text);
        super.onConnectionError(ctx, outbound, cause, error);
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, Http2Exception.StreamException error) {
        String text = "the stream to " + destination + " failed: " + cause.getMessage();
        exchange(connection().stream(error.streamId()), exchange -> exchange.fail(ExchangeFailure.network(text)));
        super.onStreamError(ctx, outbound, cause, error);
    }

    void streamReset(int id, long code) {
        String text = destination + " reset the stream (" + errorText(code) + ")";
        exchange(connection().stream(id), exchange -> exchange.wasReset(ExchangeFailure.network(text)));
    }

    /** Calls a stream's exchange, if it has one. */
    void exchange(@Nullable Http2Stream stream, Consumer<Http2Exchange> action) {
        Http2Exchange exchange = stream == null ? null : stream.getProperty(exchangeKey);
        if (exchange != null) {
            action.accept(exchange);
        }
    }

    /** Notices when streams close. */
    private final class Streams extends Http2ConnectionAdapter {
        @Override
        public void onStreamClosed(Http2Stream stream) {
            exchange(stream, exchange -> exchange.fail(why));
            unusedSinceNanos = System.nanoTime();
            if (retired && connection().numActiveStreams() == 0) {
                context().executor().execute(Http2Link.this::closeIfUnused);
            } else if (hasRoom()) {
                scheduleIdleCheck();
                listener.onRoom(Http2Link.this);
            }
        }
    }

    private static final class Builder extends AbstractHttp2ConnectionHandlerBuilder<Http2Link, Builder> {
        private final Destination destination;
        private final HttpOptions options;
        private final LinkOwner owner;

        Builder(Destination destination, HttpOptions options, LinkOwner owner) {
            this.destination = destination;
            this.options = options;
            this.owner = owner;
            Http2Connection connection = new DefaultHttp2Connection(false);
            connection.local().flowController(new DefaultHttp2LocalFlowController(connection, 0.5f, true));
            connection(connection);
            encoderEnforceMaxConcurrentStreams(false);
            initialSettings(
                    Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(options.windowBytes()));
        }

        @Override
        public Http2Link build() {
            return super.build();
        }

        @Override
        protected Http2Link build(
                Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
            Http2Link link = new Http2Link(decoder, encoder, settings, destination, options, owner);
            frameListener(new Http2Frames(link));
            return link;
        }
    }
}
