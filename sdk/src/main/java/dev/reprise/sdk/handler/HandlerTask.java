package dev.reprise.sdk.handler;

import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.CancelledException;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.promise.TerminalFailures;
import dev.reprise.sdk.report.LogContext;
import dev.reprise.sdk.serde.SerdeException;
import dev.reprise.sdk.service.HandlerDefinition;
import dev.reprise.sdk.vm.AttemptClosedException;
import dev.reprise.sdk.vm.InvocationStart;
import org.jspecify.annotations.Nullable;

/** The task of the handler itself: decodes its input, runs its code and records how it ended. */
final class HandlerTask extends TaskThread {
    private static final int BAD_REQUEST = 400;

    private @Nullable HandlerContext context;

    HandlerTask(HandlerAttempt attempt) {
        super(attempt, null);
    }

    /** Runs the handler on the calling thread. */
    void runHandler(InvocationStart invocation) {
        AttemptSetup setup = attempt().setup();
        Target target = target(setup, invocation);
        LogContext logContext = new LogContext(invocation.debugId(), target.toString());
        HandlerRequest request = new HandlerRequest(invocation, target, setup.headers());
        context = new HandlerContext(attempt(), this, request, logContext);
        logContext.run(() -> attempt().graph().run(() -> execute(invocation)));
    }

    private static Target target(AttemptSetup setup, InvocationStart invocation) {
        HandlerDefinition handler = setup.handler();
        return new Target(setup.service(), handler.kind().isKeyed() ? invocation.key() : null, handler.name());
    }

    /** Whether the handler's code has begun. */
    boolean isStarted() {
        return context != null;
    }

    @Override
    HandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("the attempt has not started");
        }
        return context;
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // whatever the handler throws is the attempt's failure
    private void execute(InvocationStart invocation) {
        try {
            Result result = result(invocation);
            attempt().branches().end();
            attempt().cancellation().end();
            attempt().complete(result);
        } catch (Unwound | AttemptClosedException ended) {
            attempt().leave(ended);
        } catch (Throwable cause) {
            attempt().fail(this, cause);
        }
    }

    private Result result(InvocationStart invocation) throws Throwable {
        AttemptSetup setup = attempt().setup();
        try {
            Object value = setup.handler().invoke(context(), argument(invocation));
            attempt().branches().endInOrder();
            return new Result.Value(setup.handler().output().serialize(value));
        } catch (TerminalException reason) {
            Failure failure = TerminalFailures.failure(reason);
            if (attempt().isHeard() && !(reason instanceof CancelledException)) {
                setup.failures().terminal(setup, invocation.debugId(), failure);
            }
            return new Result.Failed(failure);
        }
    }

    private @Nullable Object argument(InvocationStart invocation) {
        try {
            return attempt().setup().handler().input().deserialize(invocation.input());
        } catch (SerdeException e) {
            throw new TerminalException(BAD_REQUEST, "the input cannot be read: " + e.getMessage());
        }
    }
}
