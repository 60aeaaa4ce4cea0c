package dev.reprise.engine.partition;

/**
 * When an invocation reached its statuses, in milliseconds since the epoch; 0 for those it has not reached. These are
 * the times of the records that caused it.
 *
 * @param createdMillis when it was accepted
 * @param modifiedMillis when its status last changed
 * @param inboxedMillis when it began to wait for its object
 * @param startedMillis when it was first allowed to run
 * @param completedMillis when it ended
 */
public record InvocationTimes(
        long createdMillis, long modifiedMillis, long inboxedMillis, long startedMillis, long completedMillis) {

    static InvocationTimes created(long timeMillis) {
        return new InvocationTimes(timeMillis, timeMillis, 0, 0, 0);
    }

    InvocationTimes after(InvocationStatus next, long timeMillis) {
        return switch (next) {
            case InvocationStatus.Scheduled _, InvocationStatus.Suspended _, InvocationStatus.Paused _ ->
                new InvocationTimes(createdMillis, timeMillis, inboxedMillis, startedMillis, completedMillis);
            case InvocationStatus.Inboxed _ ->
                new InvocationTimes(createdMillis, timeMillis, timeMillis, startedMillis, completedMillis);
            case InvocationStatus.Invoked _ ->
                new InvocationTimes(
                        createdMillis,
                        timeMillis,
                        inboxedMillis,
                        startedMillis == 0 ? timeMillis : startedMillis,
                        completedMillis);
            case InvocationStatus.Completed _ ->
                new InvocationTimes(createdMillis, timeMillis, inboxedMillis, startedMillis, timeMillis);
        };
    }

    void write(BinaryWriter w) {
        w.i64(createdMillis)
                .i64(modifiedMillis)
                .i64(inboxedMillis)
                .i64(startedMillis)
                .i64(completedMillis);
    }

    static InvocationTimes read(BinaryReader r) {
        return new InvocationTimes(r.i64(), r.i64(), r.i64(), r.i64(), r.i64());
    }
}
