package dev.reprise.server.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Passes the frames of an HTTP/2 connection to the exchanges that they belong to. */
final class Http2Frames extends Http2FrameAdapter {
    private static final int NO_STATUS = 0;

    private final Http2Link link;

    Http2Frames(Http2Link link) {
        this.link = link;
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
        link.becameReady();
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {
        link.signOfLife();
    }

    @Override
    public void onGoAwayRead(ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debug) {
        link.goingAway(errorCode);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
        link.streamReset(streamId, errorCode);
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean last) {
        Http2Stream stream = link.connection().stream(streamId);
        int[] taken = {data.readableBytes()};
        link.exchange(stream, exchange -> taken[0] = exchange.received(data, last));
        return taken[0] + padding;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx, int streamId, Http2Headers headers, int padding, boolean last) {
        ResponseHead head = head(headers);
        link.exchange(link.connection().stream(streamId), exchange -> exchange.received(head, last));
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int streamId,
            Http2Headers headers,
            int streamDependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last) {
        onHeadersRead(ctx, streamId, headers, padding, last);
    }

    private static ResponseHead head(Http2Headers headers) {
        Map<String, String> fields = new LinkedHashMap<>();
        int status = NO_STATUS;
        for (Map.Entry<CharSequence, CharSequence> header : headers) {
            String name = header.getKey().toString();
            if (name.equals(":status")) {
                status = Integer.parseInt(header.getValue().toString());
            } else {
                fields.putIfAbsent(name, header.getValue().toString());
            }
        }
        return new ResponseHead(ResponseHead.Version.HTTP_2, status, fields);
    }
}
