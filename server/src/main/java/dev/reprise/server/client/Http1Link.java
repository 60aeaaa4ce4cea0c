package dev.reprise.server.client;

import dev.reprise.protocol.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection over HTTP/1.1, with one request at a time. It reads only as far ahead as a listener may hold, so that
 * TCP holds the peer back.
 */
final class Http1Link extends ChannelInboundHandlerAdapter implements Link, Exchange {
    private static final long LEAVE_SECONDS = 10;

    private final Destination destination;
    private final HttpOptions options;
    private final Loop loop;
    private final Listener owner;

    private @Nullable ChannelHandlerContext context;
    private @Nullable Future<?> idleCheck;
    /** Null when nobody listens any more. */
    private @Nullable ExchangeListener listener;

    private Http1State state = Http1State.IDLE;
    /** The coming answer only announces another one. */
    private boolean informational;

    private boolean keepAlive = true;
    private int withheld;
    /** The failure that has broken the connection; null if it is intact. */
    private @Nullable String breakage;

    Http1Link(Destination destination, HttpOptions options, Http2Link.LinkOwner linkOwner) {
        this.destination = destination;
        this.options = options;
        this.loop = linkOwner.loop();
        this.owner = linkOwner.listener();
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the connection is not in a pipeline yet");
        }
        return context;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.channel().config().setAutoRead(false);
        ctx.channel().config().setOption(ChannelOption.AUTO_CLOSE, false);
        if (ctx.channel().isActive()) {
            becameReady();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) throws Exception {
        becameReady();
        super.channelActive(ctx);
    }

    /** It reads while it is idle as well, to notice when the peer closes it. */
    private void becameReady() {
        becameIdle();
        context().read();
        owner.onReady(this);
    }

    @Override
    public boolean hasRoom() {
        return state == Http1State.IDLE;
    }

    @Override
    public void open(RequestHead head, ExchangeListener exchangeListener) {
        state = state.opened();
        listener = exchangeListener;
        withheld = 0;
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
        var _ = context().write(request(head), context().voidPromise());
        exchangeListener.onOpen(this);
        loop.flushSoon(this);
    }

    private HttpRequest request(RequestHead head) {
        HttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(head.method()), head.path());
        request.headers().set("host", destination.authority());
        for (Header header : head.headers()) {
            request.headers().add(header.key(), header.value());
        }
        if (head.contentLength() < 0) {
            HttpUtil.setTransferEncodingChunked(request, true);
        } else if (head.contentLength() > 0 || head.method().equals("POST")) {
            HttpUtil.setContentLength(request, head.contentLength());
        }
        return request;
    }

    @Override
    public void flush() {
        context().flush();
    }

    @Override
    public boolean isWritable() {
        return context().channel().isWritable();
    }

    @Override
    public void write(ByteBuf body, boolean last) {
        if (!state.isRequestOpen()) {
            body.release();
            return;
        }
        state = last ? state.requestEnded() : state;
        var _ = context()
                .write(
                        last ? new DefaultLastHttpContent(body) : new DefaultHttpContent(body),
                        context().voidPromise());
        loop.flushSoon(this);
        if (state == Http1State.IDLE) {
            finished();
        }
    }

    @Override
    public void write(ByteBuf body, boolean last, Runnable gone) {
        if (!state.isRequestOpen()) {
            body.release();
            gone.run();
            return;
        }
        state = last ? state.requestEnded() : state;
        var _ = context()
                .write(last ? new DefaultLastHttpContent(body) : new DefaultHttpContent(body))
                .addListener(_ -> gone.run());
        loop.flushSoon(this);
        if (state == Http1State.IDLE) {
            finished();
        }
    }

    @Override
    public void giveBack(int bytes) {
        boolean heldBack = withheld >= options.windowBytes();
        withheld -= bytes;
        if (heldBack && withheld < options.windowBytes()) {
            context().read();
        }
    }

    @Override
    public void reset() {
        listener = null;
        close();
    }

    @Override
    public void leave() {
        listener = null;
        write(Unpooled.EMPTY_BUFFER, true);
        if (state.isAnswerOpen()) {
            withheld = 0;
            context().read();
            idleCheck = context().executor().schedule(this::close, LEAVE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (listener != null && ctx.channel().isWritable()) {
            listener.onWritable();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        try {
            DecoderResult result = ((HttpObject) message).decoderResult();
            if (result.isFailure()) {
                undecodable(result.cause());
                return;
            }
            if (!state.isAnswerOpen()) {
                close();
                return;
            }
            if (message instanceof HttpResponse response) {
                takeHead(response);
            }
            if (message instanceof HttpContent content) {
                takeBody(content);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (state != Http1State.CLOSED && withheld < options.windowBytes()) {
            ctx.read();
        }
    }

    private void takeHead(HttpResponse response) {
        int status = response.status().code();
        informational = status >= 100 && status < 200;
        if (informational) {
            return;
        }
        keepAlive = HttpUtil.isKeepAlive(response);
        if (listener != null) {
            Map<String, String> fields = new LinkedHashMap<>();
            response.headers().forEach(h -> fields.putIfAbsent(h.getKey().toLowerCase(Locale.ROOT), h.getValue()));
            listener.onHead(new ResponseHead(ResponseHead.Version.HTTP_1_1, status, fields));
        }
    }

    private void takeBody(HttpContent content) {
        int bytes = content.content().readableBytes();
        if (listener != null && bytes > 0) {
            withheld += bytes - listener.onBody(content.content());
        }
        if (!(content instanceof LastHttpContent) || state == Http1State.CLOSED) {
            return;
        }
        if (informational) {
            informational = false;
            return;
        }
        state = state.answerEnded();
        // Nobody gives back what was held of an answer that is over, so the connection reads on for the next one.
        withheld = 0;
        ExchangeListener told = listener;
        listener = null;
        if (told != null) {
            told.onEnd();
        }
        if (state == Http1State.IDLE) {
            finished();
        } else if (state == Http1State.ANSWERED) {
            close();
        }
    }

    private void undecodable(Throwable cause) {
        String text = String.valueOf(cause.getMessage());
        fail(
                text.contains("version")
                        ? new ExchangeFailure(
                                ExchangeFailure.Kind.SPEAKS_ONLY_HTTP_2,
                                destination
                                        + " did not answer in HTTP/1.1: it possibly supports only HTTP/2, register it"
                                        + " without --use-http1.1")
                        : ExchangeFailure.network("the answer of " + destination + " is not HTTP/1.1: " + text));
        close();
    }

    private void finished() {
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
        if (!keepAlive || breakage != null) {
            close();
        } else {
            becameIdle();
            owner.onRoom(this);
        }
    }

    private void becameIdle() {
        if (!options.idleTimeout().isZero()) {
            idleCheck = context()
                    .executor()
                    .schedule(this::close, options.idleTimeout().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void fail(ExchangeFailure failure) {
        ExchangeListener told = listener;
        listener = null;
        if (told != null) {
            told.onFailed(failure);
        }
    }

    private void close() {
        if (state != Http1State.CLOSED) {
            state = Http1State.CLOSED;
            owner.onClosed(this);
        }
        var _ = context().close();
    }

    /**
     * Reading continues when a write fails: a server may answer without reading the whole request and close the
     * connection, and then its answer is waiting in the socket. A failed read closes the channel by itself.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (breakage == null) {
            breakage = "the connection to " + destination + " failed: " + cause.getMessage();
        }
        if (!(cause instanceof IOException)) {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (idleCheck != null) {
            idleCheck.cancel(false);
        }
        close();
        fail(ExchangeFailure.network(
                breakage != null ? breakage : destination + " closed the connection before its answer was complete"));
    }
}
