package dev.reprise.server.client;

import dev.reprise.protocol.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream of an HTTP/2 connection. */
final class Http2Exchange implements Exchange {
    /** How long a peer may take to end a stream that nobody listens to any more. */
    private static final long LEAVE_SECONDS = 10;

    private final Http2Link link;
    private final int id;
    /** Null once it has received its last call. */
    private @Nullable ExchangeListener listener;

    private boolean headReceived;
    private boolean requestEnded;

    Http2Exchange(Http2Link link, int id, ExchangeListener listener) {
        this.link = link;
        this.id = id;
        this.listener = listener;
    }

    static Http2Headers headers(Destination destination, RequestHead head) {
        Http2Headers headers = new DefaultHttp2Headers(false, 16)
                .method(head.method())
                .scheme(destination.scheme())
                .authority(destination.authority())
                .path(head.path());
        for (Header header : head.headers()) {
            headers.add(header.key(), header.value());
        }
        if (head.contentLength() >= 0) {
            headers.add("content-length", Long.toString(head.contentLength()));
        }
        return headers;
    }

    void opened() {
        if (listener != null) {
            listener.onOpen(this);
        }
    }

    @Override
    public boolean isWritable() {
        Http2Stream stream = stream();
        return stream != null && link.encoder().flowController().isWritable(stream);
    }

    @Override
    public void write(ByteBuf body, boolean last) {
        if (stream() == null || requestEnded) {
            body.release();
            return;
        }
        requestEnded = last;
        var _ = link.encoder()
                .writeData(link.context(), id, body, 0, last, link.context().newPromise());
        link.loop().flushSoon(link);
    }

    @Override
    public void write(ByteBuf body, boolean last, Runnable gone) {
        if (stream() == null || requestEnded) {
            body.release();
            gone.run();
            return;
        }
        requestEnded = last;
        var _ = link.encoder()
                .writeData(link.context(), id, body, 0, last, link.context().newPromise())
                .addListener(_ -> gone.run());
        link.loop().flushSoon(link);
    }

    @Override
    public void giveBack(int bytes) {
        Http2Stream stream = stream();
        if (stream == null) {
            return;
        }
        try {
            if (link.connection().local().flowController().consumeBytes(stream, bytes)) {
                link.loop().flushSoon(link);
            }
        } catch (Http2Exception e) {
            fail(ExchangeFailure.network("the stream's window could not be given back: " + e.getMessage()));
        }
    }

    @Override
    public void reset() {
        listener = null;
        resetStream(Http2Error.CANCEL);
    }

    @Override
    public void leave() {
        listener = null;
        finishRequest();
        if (stream() != null) {
            var _ = link.context()
                    .executor()
                    .schedule(() -> resetStream(Http2Error.CANCEL), LEAVE_SECONDS, TimeUnit.SECONDS);
        }
    }

    void becameWritable() {
        if (listener != null) {
            listener.onWritable();
        }
    }

    void received(ResponseHead head, boolean last) {
        boolean informational = head.status() >= 100 && head.status() < 200;
        if (listener != null && !headReceived && !informational) {
            headReceived = true;
            listener.onHead(head);
        }
        if (last) {
            ended();
        }
    }

    /** Receives a piece of the body; returns how many of its bytes the peer may send again at once. */
    int received(ByteBuf data, boolean last) {
        int bytes = data.readableBytes();
        int free = listener == null || bytes == 0 ? bytes : listener.onBody(data);
        if (last) {
            ended();
            return bytes;
        }
        return free;
    }

    void fail(ExchangeFailure failure) {
        if (tell(failure)) {
            resetStream(Http2Error.CANCEL);
        }
    }

    /** The peer has ended the stream: nothing more may be sent on it. */
    void wasReset(ExchangeFailure failure) {
        requestEnded = true;
        tell(failure);
    }

    private boolean tell(ExchangeFailure failure) {
        ExchangeListener told = listener;
        listener = null;
        if (told != null) {
            told.onFailed(failure);
        }
        return told != null;
    }

    private void ended() {
        ExchangeListener told = listener;
        listener = null;
        if (told != null) {
            told.onEnd();
        }
        finishRequest();
    }

    /** Ends the request if it has not ended, in order if nothing waits for the peer to read. */
    private void finishRequest() {
        Http2Stream stream = stream();
        if (stream == null || requestEnded) {
            return;
        }
        if (link.encoder().flowController().hasFlowControlled(stream)) {
            resetStream(Http2Error.NO_ERROR);
        } else {
            write(Unpooled.EMPTY_BUFFER, true);
        }
    }

    private void resetStream(Http2Error error) {
        if (stream() != null) {
            requestEnded = true;
            var _ = link.resetStream(
                    link.context(), id, error.code(), link.context().newPromise());
            link.loop().flushSoon(link);
        }
    }

    private @Nullable Http2Stream stream() {
        return link.connection().stream(id);
    }
}
