package dev.reprise.engine.invoker;

import dev.reprise.engine.deployment.AttemptStream;
import dev.reprise.engine.memory.HeldMemory;
import dev.reprise.engine.partition.JournalEntry;
import dev.reprise.protocol.Frame;
import dev.reprise.protocol.RawMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to a handler in one attempt: the start, the journal as it was then, and entries added later. Everything
 * goes out in order, and at once while memory allows; the rest is read from the journal when memory is available.
 * Belongs to the partition's thread.
 */
final class Outflow {
    /** The source of what goes out, read again whenever it is needed. */
    interface Source {
        /** The first message. */
        RawMessage start();

        /** Visits the journal from an entry on, until the visitor returns false. */
        void entries(int fromIndex, int toIndex, Predicate<JournalEntry> visitor);
    }

    /** Gets notice of what happens to it. */
    interface Owner {
        /** There may be room again; called on any thread. */
        void room();

        /** Something needs so many bytes at once, more than an attempt may have. */
        void tooLarge(String what, long bytes);
    }

    /** Something that waits behind the replay: an entry of the journal, or a message that is in no journal. */
    private record Later(int index, @Nullable RawMessage message) {}

    private final AttemptStream stream;
    private final Source source;
    private final Owner owner;
    private final HeldMemory memory;
    private final long limitBytes;
    private final int replayEnd;
    private final Deque<Later> later = new ArrayDeque<>();

    private boolean started;
    private int next;
    private boolean closing;
    private boolean over;

    /**
     * An outflow that has sent nothing.
     *
     * @param replayEnd how many entries of the journal are part of the replay
     */
    Outflow(AttemptStream stream, Source source, Owner owner, HeldMemory memory, long limitBytes, int replayEnd) {
        this.stream = stream;
        this.source = source;
        this.owner = owner;
        this.memory = memory;
        this.limitBytes = limitBytes;
        this.replayEnd = replayEnd;
    }

    /** Sends the journal's entry with this index, unless it is part of the replay. */
    void entry(int index, RawMessage message) {
        if (index < replayEnd || over) {
            return;
        }
        if (!isCaughtUp() || !offer(message)) {
            later.add(new Later(index, null));
        }
    }

    /** A small message that is in no journal. */
    void note(RawMessage message) {
        if (isCaughtUp()) {
            stream.send(List.of(message));
        } else {
            later.add(new Later(-1, message));
        }
    }

    /** Sends nothing new any more; the replay still goes out to its end. */
    void close() {
        closing = true;
        later.clear();
        closeIfReplayed();
    }

    private void closeIfReplayed() {
        if (isReplayed()) {
            over = true;
            stream.closeInput();
        }
    }

    /** Sends what can be sent, and gives back the memory of what has left. */
    void pump() {
        memory.keep(stream.unsentBytes());
        while (!over && !isReplayed() && replay()) {
            memory.keep(stream.unsentBytes());
        }
        if (!over && isReplayed() && closing) {
            closeIfReplayed();
        }
        while (!over && isReplayed() && !later.isEmpty() && sendLater(later.getFirst())) {
            later.removeFirst();
            memory.keep(stream.unsentBytes());
        }
        if (over || isCaughtUp()) {
            memory.settle(stream.unsentBytes());
        }
    }

    private boolean sendLater(Later first) {
        if (first.message() != null) {
            stream.send(List.of(first.message()));
            return true;
        }
        List<RawMessage> found = new ArrayList<>(1);
        source.entries(first.index(), first.index() + 1, entry -> {
            found.add(entry.message());
            return false;
        });
        return found.isEmpty() || offer(found.getFirst());
    }

    private boolean isReplayed() {
        return started && next == replayEnd;
    }

    private boolean isCaughtUp() {
        return isReplayed() && later.isEmpty();
    }

    /** Sends as much of the replay as there is memory for, in one go; answers whether that was anything. */
    private boolean replay() {
        List<RawMessage> messages = new ArrayList<>();
        long[] waiting = {stream.unsentBytes()};
        if (!started) {
            RawMessage start = source.start();
            if (!fits(waiting[0], start, "service state")) {
                return false;
            }
            waiting[0] += sizeOf(start);
            messages.add(start);
            started = true;
        }
        source.entries(next, replayEnd, entry -> {
            if (!fits(waiting[0], entry.message(), "journal entries")) {
                return false;
            }
            waiting[0] += sizeOf(entry.message());
            messages.add(entry.message());
            next++;
            return true;
        });
        if (over || messages.isEmpty()) {
            return false;
        }
        stream.replay(messages, next == replayEnd);
        return true;
    }

    private boolean offer(RawMessage message) {
        if (!fits(stream.unsentBytes(), message, "journal entries")) {
            return false;
        }
        stream.send(List.of(message));
        return true;
    }

    /**
     * Whether a message may go out behind others; one that waits because of the limit goes out when those have left.
     */
    private boolean fits(long waitingBytes, RawMessage message, String what) {
        long bytes = sizeOf(message);
        if (bytes > limitBytes) {
            over = true;
            owner.tooLarge(what, bytes);
            return false;
        }
        return (waitingBytes == 0 || bytes <= limitBytes - waitingBytes)
                && memory.hold(waitingBytes + bytes, owner::room);
    }

    private static long sizeOf(RawMessage message) {
        return Frame.HEADER_BYTES + (long) message.body().size();
    }
}
