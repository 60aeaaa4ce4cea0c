package dev.reprise.embedded;

import dev.reprise.engine.deployment.AttemptListener;
import dev.reprise.engine.memory.HeldMemory;
import dev.reprise.engine.memory.MemoryPool;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/**
 * What one handler has said and the engine has not taken in yet, because the log is behind. While that takes all the
 * room there is, the handler's thread waits before it says more. What it has on its way is taken in by itself sooner or
 * later, so handlers that wait never wait for each other. The handler's thread sends, the partition's takes, and any
 * thread ends it.
 */
final class UntakenMessages {
    /** So little needs no room, so that handlers of small messages have no lock in common. */
    private static final int FREE_BYTES = 4 << 10;
    /** So much goes to the engine at once: the same force serves it. */
    private static final int PART_BYTES_MAX = 1 << 20;

    private final HeldMemory memory;
    private final AttemptListener listener;
    /** Gets a permit whenever the waiting handler should look again; nobody holds a lock then. */
    private final Semaphore changes = new Semaphore(0);

    private final Runnable look = changes::release;

    /* Guarded by this. */
    private final Queue<Integer> sizes = new ArrayDeque<>();
    private long bytes;
    private boolean holdsRoom;
    private boolean waiting;
    private boolean over;

    UntakenMessages(MemoryPool pool, AttemptListener listener) {
        this.memory = new HeldMemory(pool, FREE_BYTES);
        this.listener = listener;
    }

    /** Passes messages on to the engine, in parts if there is too little room; nothing once the attempt is over. */
    void send(List<RawMessage> messages) {
        List<RawMessage> rest = messages;
        while (!rest.isEmpty()) {
            int count = awaitRoom(rest);
            if (count == 0) {
                return;
            }
            listener.onFrames(
                    first(rest, count).stream().map(UntakenMessages::frame).toList());
            rest = rest.subList(count, rest.size());
        }
    }

    private static List<RawMessage> first(List<RawMessage> messages, int count) {
        return count == messages.size() ? messages : messages.subList(0, count);
    }

    /** The handler keeps a run's result until it is acknowledged. */
    private static Frame frame(RawMessage message) {
        return new Frame(message, message.type() == MessageType.PROPOSE_RUN_COMPLETION.code());
    }

    /** Waits until there is room for the first of these; answers for how many, 0 when the attempt is over. */
    private int awaitRoom(List<RawMessage> messages) {
        int count = take(messages);
        while (count < 0) {
            changes.acquireUninterruptibly();
            changes.drainPermits();
            count = take(messages);
        }
        return count;
    }

    /** Takes room for the first of these; answers for how many, -1 for none yet. */
    private synchronized int take(List<RawMessage> messages) {
        waiting = false;
        if (over) {
            return 0;
        }
        int count = fitting(messages);
        if (count > 1 && !holdsAtOnce(first(messages, count))) {
            count = 1;
        }
        // It waits for one message only, or it would have to give back the room for one to wait for that of many.
        if (count == 1 && !holdsOrWaits(messages.getFirst())) {
            waiting = true;
            return -1;
        }
        for (RawMessage message : first(messages, count)) {
            int size = sizeOf(message);
            sizes.add(size);
            bytes += size;
        }
        settle();
        return count;
    }

    /** How many of the first make a part; at least one. */
    private static int fitting(List<RawMessage> messages) {
        long part = sizeOf(messages.getFirst());
        int count = 1;
        while (count < messages.size() && part + sizeOf(messages.get(count)) <= PART_BYTES_MAX) {
            part += sizeOf(messages.get(count));
            count++;
        }
        return count;
    }

    /** What makes no record is not kept. */
    private static int sizeOf(RawMessage message) {
        int type = message.type();
        return type == MessageType.AWAITING_ON.code() || type == MessageType.ERROR.code()
                ? 0
                : Frame.HEADER_BYTES + message.body().size();
    }

    private boolean holdsAtOnce(List<RawMessage> part) {
        long all = bytes;
        int largest = 0;
        for (RawMessage message : part) {
            int size = sizeOf(message);
            all += size;
            largest = Math.max(largest, size);
        }
        return (isFree(all) || memory.tryHold(all)) && listener.holds(all, largest);
    }

    private boolean holdsOrWaits(RawMessage message) {
        int size = sizeOf(message);
        long all = bytes + size;
        // A pool may be smaller than a message, which then goes alone and gets all of it.
        long inPool = bytes == 0 ? Math.min(all, memory.bytesMax()) : all;
        if (!isFree(all) && !memory.hold(inPool, look)) {
            // While it waits here, it holds no more than what is on its way, or those that wait could wait for each
            // other.
            memory.keep(bytes);
            listener.holds(bytes, 0);
            return false;
        }
        // It keeps its room here while it waits there, or it might never have both. Nobody waits here for those there.
        return listener.holds(all, size);
    }

    private boolean isFree(long all) {
        return all <= FREE_BYTES && !holdsRoom;
    }

    /** Nothing more is wanted than what is on its way. */
    private void settle() {
        boolean needsRoom = bytes > FREE_BYTES;
        if (holdsRoom || needsRoom) {
            memory.settle(bytes);
        }
        holdsRoom = needsRoom;
    }

    /** The engine took in so many more messages. */
    void taken(int messages) {
        boolean isAwaited;
        synchronized (this) {
            for (int i = 0; i < messages && !sizes.isEmpty(); i++) {
                bytes -= sizes.remove();
            }
            if (holdsRoom && !waiting) {
                settle();
                listener.holds(bytes, 0);
            }
            isAwaited = waiting;
        }
        if (isAwaited) {
            changes.release();
        }
    }

    /** There may be room. */
    void look() {
        changes.release();
    }

    /** The attempt is over: whoever waits goes on, and says nothing more. */
    void end() {
        synchronized (this) {
            over = true;
            memory.close();
            sizes.clear();
            bytes = 0;
        }
        changes.release();
    }
}
