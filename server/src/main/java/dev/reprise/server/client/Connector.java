package dev.reprise.server.client;

import dev.reprise.server.client.Http2Link.LinkOwner;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Makes one connection to a destination: looks up the host, connects, completes the handshake, agrees on a version. */
final class Connector {
    /** Many streams share a connection, and each is notified whenever one of these bounds is crossed. */
    private static final WriteBufferWaterMark UNSENT_BYTES = new WriteBufferWaterMark(256 << 10, 1 << 20);

    private final HttpOptions options;
    private final Supplier<SSLContext> tls;
    private final Destination destination;
    private final LinkOwner owner;
    /* The loop's thread alone. */
    private boolean settled;

    Connector(
            HttpOptions options, Supplier<SSLContext> tls, Destination destination, Loop loop, Link.Listener listener) {
        this.options = options;
        this.tls = tls;
        this.destination = destination;
        this.owner = new LinkOwner(loop, new Once(listener));
    }

    /** Begins; the listener hears of the outcome. A host name look-up may block, so it runs on a thread of its own. */
    void start() {
        Thread.ofVirtual().name("reprise-resolve").start(() -> {
            try {
                InetAddress[] addresses = InetAddress.getAllByName(destination.host());
                owner.loop().execute(() -> tryToConnect(addresses, 0));
            } catch (UnknownHostException e) {
                owner.loop().execute(() -> fail("the host '" + destination.host() + "' is unknown"));
            } catch (RuntimeException e) {
                owner.loop().execute(() -> fail("the host '" + destination.host() + "' cannot be looked up: " + e));
            }
        });
    }

    /** Whatever is wrong with the address or the settings, the listener hears of it. */
    private void tryToConnect(InetAddress[] addresses, int index) {
        try {
            connect(addresses, index);
        } catch (RuntimeException e) {
            fail(String.valueOf(e));
        }
    }

    private void connect(InetAddress[] addresses, int index) {
        var _ = new Bootstrap()
                .group(owner.loop().executor())
                .channel(NioSocketChannel.class)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(options.connectTimeout().toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT_BYTES)
                .handler(initializer())
                .connect(new InetSocketAddress(addresses[index], destination.port()))
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        expectReady(connected.channel());
                    } else if (index + 1 < addresses.length) {
                        tryToConnect(addresses, index + 1);
                    } else {
                        fail(String.valueOf(connected.cause().getMessage()));
                    }
                });
    }

    private ChannelInitializer<Channel> initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                try {
                    prepare(channel);
                } catch (RuntimeException e) {
                    fail(String.valueOf(e));
                    var _ = channel.close();
                }
            }

            private void prepare(Channel channel) {
                if (!destination.secure()) {
                    install(channel, destination.versions() == Destination.Versions.HTTP_1_1 ? "http/1.1" : "h2");
                    return;
                }
                SSLEngine engine = engine();
                SslHandler handshake = new SslHandler(engine);
                handshake.setHandshakeTimeoutMillis(options.connectTimeout().toMillis());
                channel.pipeline().addLast(handshake, new Negotiated(engine));
            }
        };
    }

    private SSLEngine engine() {
        SSLEngine engine = tls.get().createSSLEngine(destination.host(), destination.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(destination.versions().protocols());
        engine.setSSLParameters(parameters);
        return engine;
    }

    private void install(Channel channel, String protocol) {
        if (protocol.equals("h2")) {
            channel.pipeline().addLast(Http2Link.create(destination, options, owner));
        } else {
            channel.pipeline().addLast(new HttpClientCodec(), new Http1Link(destination, options, owner));
        }
    }

    private void expectReady(Channel channel) {
        var _ = owner.loop()
                .executor()
                .schedule(
                        () -> {
                            if (!settled) {
                                fail("it was not ready for requests within "
                                        + options.connectTimeout().toMillis() + " ms");
                                var _ = channel.close();
                            }
                        },
                        options.connectTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void fail(String reason) {
        owner.listener().onFailed(ExchangeFailure.network("cannot connect to " + destination + ": " + reason));
    }

    /** Waits for the end of the TLS handshake, and continues with the version that was negotiated. */
    private final class Negotiated extends ChannelInboundHandlerAdapter {
        private final SSLEngine engine;

        Negotiated(SSLEngine engine) {
            this.engine = engine;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
            if (event instanceof SslHandshakeCompletionEvent done) {
                if (done.isSuccess()) {
                    proceed(ctx);
                } else {
                    fail(handshakeFailure(done.cause()));
                    var _ = ctx.close();
                }
            }
            super.userEventTriggered(ctx, event);
        }

        /** Netty prints everything that is not TLS in hexadecimal. */
        private static String handshakeFailure(Throwable cause) {
            return "the TLS handshake failed: "
                    + (cause instanceof NotSslRecordException
                            ? "it answers without TLS, register it with http:// instead of https://"
                            : cause.getMessage());
        }

        private void proceed(ChannelHandlerContext ctx) {
            String agreed = engine.getApplicationProtocol();
            if (destination.versions() == Destination.Versions.HTTP_2 && !"h2".equals(agreed)) {
                owner.listener()
                        .onFailed(new ExchangeFailure(
                                ExchangeFailure.Kind.SPEAKS_HTTP_1_1,
                                destination + " does not offer HTTP/2 in the TLS handshake, register it with"
                                        + " --use-http1.1"));
                var _ = ctx.close();
                return;
            }
            install(ctx.channel(), "h2".equals(agreed) ? "h2" : "http/1.1");
            ctx.pipeline().remove(this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            fail(handshakeFailure(cause));
            var _ = ctx.close();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            fail("it closed the connection during the TLS handshake");
            super.channelInactive(ctx);
        }
    }

    /** Passes on the first news about the connection, and what follows a success. */
    private final class Once implements Link.Listener {
        private final Link.Listener next;

        Once(Link.Listener next) {
            this.next = next;
        }

        @Override
        public void onReady(Link link) {
            if (!settled) {
                settled = true;
                next.onReady(link);
            }
        }

        @Override
        public void onFailed(ExchangeFailure failure) {
            if (!settled) {
                settled = true;
                next.onFailed(failure);
            }
        }

        @Override
        public void onRoom(Link link) {
            next.onRoom(link);
        }

        @Override
        public void onClosed(Link link) {
            next.onClosed(link);
        }
    }
}
