package dev.reprise.server.ui;

import dev.reprise.engine.InvocationObserver;
import dev.reprise.engine.partition.Invocation;
import dev.reprise.protocol.Result;
import dev.reprise.protocol.id.InvocationId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the engine which invocations begin and end, informs its listeners, and passes everything on to another
 * observer. Costs next to nothing while nobody listens. Any thread.
 */
public final class Changes implements InvocationObserver, AutoCloseable {
    /** The most concurrent streams, whoever reads them: each has a thread that waits. */
    static final int LISTENERS_MAX = 64;

    private final InvocationObserver next;
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /** Wraps another observer, which hears everything as well. */
    public Changes(InvocationObserver next) {
        this.next = next;
    }

    /**
     * Begins to listen.
     *
     * @param only the invocation to hear of; null for all
     * @return null when there are too many listeners, or the server stops
     */
    @Nullable
    ChangeListener listen(@Nullable InvocationId only) {
        ChangeListener listener = new ChangeListener(only);
        synchronized (listeners) {
            if (closed || listeners.size() >= LISTENERS_MAX) {
                return null;
            }
            listeners.add(listener);
        }
        return listener;
    }

    void leave(ChangeListener listener) {
        listeners.remove(listener);
    }

    /** The number of listeners. */
    int listening() {
        return listeners.size();
    }

    @Override
    public void started(Invocation invocation) {
        next.started(invocation);
        changed(invocation);
    }

    @Override
    public void ended(Invocation invocation, Result result) {
        next.ended(invocation, result);
        changed(invocation);
    }

    @Override
    public void stopped(int partition, Throwable cause) {
        next.stopped(partition, cause);
        listeners.forEach(ChangeListener::manyChanged);
    }

    private void changed(Invocation invocation) {
        if (!listeners.isEmpty()) {
            tell(invocation.request().id());
        }
    }

    /** Informs all listeners of a change. */
    void tell(InvocationId id) {
        listeners.forEach(listener -> listener.changed(id));
    }

    /** Ends all listening, so that no stream keeps the server from stopping. */
    @Override
    public void close() {
        synchronized (listeners) {
            closed = true;
        }
        listeners.forEach(ChangeListener::end);
    }
}
