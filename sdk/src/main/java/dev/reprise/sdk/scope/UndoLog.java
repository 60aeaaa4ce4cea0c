package dev.reprise.sdk.scope;

import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.Saga;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.run.RunAction;
import dev.reprise.sdk.run.RunEffect;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The steps of a saga that have to be undone if it fails, most recent first. */
public final class UndoLog implements Saga {
    private record Undo(String name, RunEffect effect) {}

    private final Context ctx;
    private final Deque<Undo> undos = new ArrayDeque<>();

    private UndoLog(Context ctx) {
        this.ctx = ctx;
    }

    /** Runs the steps of a saga, and undoes them if it fails terminally. */
    public static <T extends @Nullable Object> T run(Opener opener, Saga.Body<? extends T> body) throws Exception {
        opener.requireOwn();
        UndoLog saga = new UndoLog(opener.context());
        try {
            return body.run(saga);
        } catch (TerminalException failure) {
            saga.undo(failure);
            throw failure;
        }
    }

    @Override
    public <T> T step(String name, Class<T> result, RunAction<? extends T> action, RunEffect undo) {
        return await(name, undo, ctx.runAsync(name, result, action));
    }

    @Override
    public void step(String name, RunEffect action, RunEffect undo) {
        await(name, undo, ctx.runAsync(name, action));
    }

    private <T extends @Nullable Object> T await(String name, RunEffect undo, RestatePromise<T> step) {
        onFailure(name, undo);
        try {
            return step.await();
        } catch (CancelledException inFlight) {
            step.cancel();
            throw inFlight;
        } catch (TerminalException failure) {
            undos.pop();
            throw failure;
        }
    }

    @Override
    public void onFailure(String name, RunEffect undo) {
        undos.push(new Undo(name, Objects.requireNonNull(undo, "how step " + name + " is undone")));
    }

    private void undo(TerminalException failure) {
        for (Undo next = undos.poll(); next != null; next = undos.poll()) {
            try {
                awaitShielded(ctx.runAsync("undo " + next.name(), next.effect()));
            } catch (TerminalException again) {
                ctx.logger().error("{} could not be undone", next.name(), again);
                failure.addSuppressed(again);
            }
        }
    }

    /** Waits even if it is cancelled meanwhile: what was done must be undone. */
    private void awaitShielded(RestatePromise<?> undo) {
        while (!undo.isSettled()) {
            try {
                undo.await();
                return;
            } catch (CancelledException again) {
                ctx.logger().debug("cancelled again while a saga is undone");
            }
        }
        undo.await();
    }
}
