package dev.reprise.server.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.frames.PingFrame;
import org.eclipse.jetty.http2.frames.PriorityFrame;
import org.eclipse.jetty.http2.frames.SettingsFrame;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RateControl;

/**
 * How many frames of HTTP/2 without content a connection may send within a second before it is closed as an attack.
 * Frames about the connection, such as pings, have no reason to be many. Frames about requests, such as resets, come
 * with each request of a proxy whose clients give up together, or of an engine at full speed; those soon reach Jetty's
 * own limit of 128 for all. For one thread.
 *
 * <p>The endpoint has one of its own; see the package on why there are two.
 */
final class FloodLimit implements RateControl {
    static final Factory FACTORY = new Factory() {
        @Override
        public RateControl newRateControl(EndPoint endPoint) {
            return new FloodLimit();
        }
    };

    static final int OF_CONNECTION_MAX = 1_000;
    static final int OF_REQUESTS_MAX = 10_000;

    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long windowNanos = System.nanoTime();
    private int ofConnection;
    private int ofRequests;

    @Override
    public boolean onEvent(Object frame) {
        long now = System.nanoTime();
        if (now - windowNanos > WINDOW_NANOS) {
            windowNanos = now;
            ofConnection = 0;
            ofRequests = 0;
        }
        return frame instanceof PingFrame || frame instanceof SettingsFrame || frame instanceof PriorityFrame
                ? ++ofConnection <= OF_CONNECTION_MAX
                : ++ofRequests <= OF_REQUESTS_MAX;
    }
}
