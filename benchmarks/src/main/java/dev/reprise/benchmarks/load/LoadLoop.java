package dev.reprise.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The loop over all connections: warm-up, window, and then until what is under way has its answer. Used by one thread,
 * once.
 */
final class LoadLoop implements AutoCloseable {
    private static final int SCRATCH_BYTES = 256 * 1024;
    private static final int SELECT_MILLIS = 5;
    private static final int ERROR_CHARS = 160;
    private static final int OVERLOADED = 429;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** So many connections are opened at once, then a pause spares the server's accept queue. */
    private static final int OPENED_AT_ONCE = 32;

    private static final long OPENING_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LoadPlan plan;
    private final Scenario scenario;
    private final Selector selector;
    private final Window window;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Retry> retries = new ArrayDeque<>();
    private final long beginNanos = System.nanoTime();

    private long phaseEndNanos;
    private long issued;
    private long answered;
    private long lastNanos = beginNanos;
    private int underWay;
    private Failures failures = Failures.NONE;

    LoadLoop(LoadPlan plan) throws IOException {
        this.plan = plan;
        scenario = Scenarios.of(plan.work());
        selector = Selector.open();
        window = new Window(plan.processes());
    }

    private record Retry(Connection connection, long atNanos) {}

    LoadResult run() throws IOException {
        phaseEndNanos = beginNanos + nanos(plan.warmupSeconds());
        enterPhase(beginNanos);
        for (int worker = 0; worker < plan.connections() && issued < plan.callsMax(); worker++) {
            Connection connection = new Connection(selector, plan.port(), worker);
            connections.add(connection);
            underWay++;
            startNext(connection, plan.isCounted() ? issued : 0);
            if (worker % OPENED_AT_ONCE == OPENED_AT_ONCE - 1) {
                LockSupport.parkNanos(OPENING_PAUSE_NANOS);
            }
        }
        while (underWay > 0 && !(window.hasEnded() && System.nanoTime() >= phaseEndNanos)) {
            selector.select(SELECT_MILLIS);
            enterPhase(System.nanoTime());
            retry();
            selector.selectedKeys().forEach(this::advance);
            selector.selectedKeys().clear();
        }
        if (!window.hasEnded()) {
            window.end();
        }
        scenario.ended();
        long unfinished = plan.isCounted() ? plan.callsMax() - answered : underWay;
        return window.result(failures.withUnfinished(unfinished), seconds(lastNanos - beginNanos));
    }

    /** From the warm-up to the window, and from there to the wait for what is under way. */
    private void enterPhase(long now) {
        if (now < phaseEndNanos || window.hasEnded()) {
            return;
        }
        if (window.isOpen()) {
            window.end();
            phaseEndNanos = now + DRAIN_NANOS;
        } else {
            window.open();
            phaseEndNanos = now + nanos(plan.secondsMax());
        }
    }

    private void startNext(Connection connection, long sequence) {
        issued++;
        Call call = scenario.next(connection.worker(), sequence);
        start(connection, call, sequence);
    }

    private void start(Connection connection, Call call, long sequence) {
        try {
            connection.start(call, sequence);
        } catch (IOException e) {
            failed(connection, e);
        }
    }

    private void advance(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        if (!key.isValid()) {
            return;
        }
        try {
            Optional<byte[]> answer = connection.advance(key, scratch);
            if (answer.isPresent()) {
                answered(connection, answer.get());
            }
        } catch (IOException e) {
            failed(connection, e);
        }
    }

    private void answered(Connection connection, byte[] answer) {
        long now = System.nanoTime();
        Call call = connection.call();
        connection.answered();
        if (connection.status() == call.status() && scenario.isRight(call, answer)) {
            if (window.isOpen()) {
                window.add(now - connection.startNanos());
            }
        } else {
            addFailure(connection, connection.status() + " " + beginning(answer) + " to " + call.start());
            if (plan.isCounted() && connection.status() >= OVERLOADED) {
                retries.add(new Retry(connection, now + RETRY_NANOS));
                return;
            }
        }
        answered++;
        lastNanos = now;
        if (window.hasEnded() || issued >= plan.callsMax()) {
            underWay--;
        } else {
            startNext(connection, plan.isCounted() ? issued : connection.sequence() + 1);
        }
    }

    private static String beginning(byte[] answer) {
        return new String(answer, 0, Math.min(answer.length, ERROR_CHARS), StandardCharsets.UTF_8);
    }

    private void failed(Connection connection, IOException failure) {
        connection.close();
        if (window.hasEnded()) {
            underWay--;
        } else {
            addFailure(connection, failure.toString());
            retries.add(new Retry(connection, System.nanoTime() + RETRY_NANOS));
        }
    }

    private void addFailure(Connection connection, String what) {
        failures = failures.and(what);
        scenario.failed(connection.worker());
    }

    /** A counted call is sent again, as it was; in a window of time another one takes its place. */
    private void retry() {
        long now = System.nanoTime();
        for (Retry next = retries.peek(); next != null && now >= next.atNanos; next = retries.peek()) {
            retries.remove();
            Connection connection = next.connection;
            if (window.hasEnded()) {
                underWay--;
            } else if (plan.isCounted()) {
                start(connection, connection.call(), connection.sequence());
            } else {
                startNext(connection, connection.sequence() + 1);
            }
        }
    }

    @Override
    public void close() throws IOException {
        connections.forEach(Connection::close);
        selector.close();
    }

    private static long nanos(double seconds) {
        return (long) (seconds * NANOS_PER_SECOND);
    }

    private static double seconds(long nanos) {
        return nanos / (double) NANOS_PER_SECOND;
    }
}
