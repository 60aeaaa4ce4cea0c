package dev.reprise.sdk;

import dev.reprise.sdk.annotation.CheckReturnValue;
import dev.reprise.sdk.run.RunAction;
import dev.reprise.sdk.run.RunEffect;
import dev.reprise.sdk.run.StepAction;
import dev.reprise.sdk.run.StepEffect;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.TypeDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The durable operations of a handler. The result of each is recorded in the invocation's journal before the handler
 * uses it: when the process dies, the handler starts again, and the journal answers what was already done.
 *
 * {@snippet :
 * RestatePromise<Flight> flight = ctx.runAsync("book flight", Flight.class, () -> airline.book(trip));
 * RestatePromise<Hotel> hotel = ctx.runAsync("book hotel", Hotel.class, () -> hotels.book(trip));
 * return RestatePromise.all(flight, hotel).map(Booking::new).await();
 * }
 *
 * <p>Given the same results, a handler must issue the same commands in the same order. So it gets the time, random
 * numbers and everything from outside through the context. A handler that takes another path than its
 * journal recorded fails with {@link JournalMismatchException}.
 *
 * <p>A context belongs to the thread its handler runs on. Used on another thread, in the closure of a run or after the
 * handler has ended, it throws {@link IllegalStateException}; only {@link #request} and the loggers may be used
 * anywhere. No argument may be null unless the method says so; a {@link NullPointerException} names the one that is.
 *
 * <p>A call, a message or a state change happens once, however often the process dies: either the engine has stored
 * it, or the handler issues it again.
 */
public interface Context {
    /** What the handler was invoked with. */
    Request request();

    // The compiler lists overloads in the order that they have here, so the most useful ones come first.

    // -- steps

    /** As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a name and without a result. */
    default void run(String name, RunEffect effect) {
        run(RunOptions.named(name), effect);
    }

    /** As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a name and a result of a class. */
    default <T> T run(String name, Class<T> result, RunAction<? extends T> action) {
        return runAsync(name, result, action).await();
    }

    /** As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a name and a closure that looks at its step. */
    default void run(String name, StepEffect effect) {
        run(RunOptions.named(name), effect);
    }

    /**
     * As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a name, a result of a class and a closure that looks
     * at its step.
     */
    default <T> T run(String name, Class<T> result, StepAction<? extends T> action) {
        return runAsync(name, result, action).await();
    }

    /** As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a name. */
    default <T extends @Nullable Object> T run(String name, TypeDescriptor<T> result, RunAction<? extends T> action) {
        return runAsync(name, result, action).await();
    }

    /** As {@link #run(RunOptions, TypeDescriptor, RunAction)}, without a result. */
    default void run(RunOptions options, RunEffect effect) {
        runAsync(options, effect).await();
    }

    /**
     * As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a closure that looks at its step, and without a
     * result.
     */
    default void run(RunOptions options, StepEffect effect) {
        runAsync(options, effect).await();
    }

    /** As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a result of a class. */
    default <T> T run(RunOptions options, Class<T> result, RunAction<? extends T> action) {
        return runAsync(options, result, action).await();
    }

    /**
     * As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a result of a class and a closure that looks at its
     * step.
     */
    default <T> T run(RunOptions options, Class<T> result, StepAction<? extends T> action) {
        return runAsync(options, result, action).await();
    }

    /**
     * Runs a step once, records its result and waits for it: {@link #runAsync(RunOptions,
     * TypeDescriptor, RunAction)}, awaited at once.
     *
     * @param options name, retry policy and kind of thread
     * @param result the type of the result, which says how it is recorded
     * @param action what to do; it must not use the context and may be interrupted by a crash at any point
     * @throws TerminalException if the closure threw one, or may not be tried again
     * @throws CancelledException if the invocation was cancelled and the step has not ended yet
     */
    default <T extends @Nullable Object> T run(
            RunOptions options, TypeDescriptor<T> result, RunAction<? extends T> action) {
        return runAsync(options, result, action).await();
    }

    /** As {@link #run(RunOptions, TypeDescriptor, RunAction)}, with a closure that looks at its step. */
    default <T extends @Nullable Object> T run(
            RunOptions options, TypeDescriptor<T> result, StepAction<? extends T> action) {
        return runAsync(options, result, action).await();
    }

    /** As {@link #runAsync(RunOptions, TypeDescriptor, RunAction)}, with a name and without a result. */
    @CheckReturnValue
    default RestatePromise<@Nullable Void> runAsync(String name, RunEffect effect) {
        return runAsync(RunOptions.named(name), effect);
    }

    /** As {@link #runAsync(RunOptions, TypeDescriptor, RunAction)}, with a name and a result of a class. */
    @CheckReturnValue
    default <T> RestatePromise<T> runAsync(String name, Class<T> result, RunAction<? extends T> action) {
        return runAsync(RunOptions.named(name), result, action);
    }

    /**
     * As {@link #runAsync(RunOptions, TypeDescriptor, RunAction)}, with a name and a closure that looks at its step.
     */
    @CheckReturnValue
    default RestatePromise<@Nullable Void> runAsync(String name, StepEffect effect) {
        return runAsync(RunOptions.named(name), effect);
    }

    /** As {@link #runAsync(RunOptions, TypeDescriptor, StepAction)}, with a name and a result of a class. */
    @CheckReturnValue
    default <T> RestatePromise<T> runAsync(String name, Class<T> result, StepAction<? extends T> action) {
        return runAsync(RunOptions.named(name), result, action);
    }

    /** As {@link #runAsync(RunOptions, TypeDescriptor, RunAction)}, with a name. */
    @CheckReturnValue
    default <T extends @Nullable Object> RestatePromise<T> runAsync(
            String name, TypeDescriptor<T> result, RunAction<? extends T> action) {
        return runAsync(RunOptions.named(name), result, action);
    }

    /** As {@link #runAsync(RunOptions, TypeDescriptor, RunAction)}, without a result. */
    @CheckReturnValue
    default RestatePromise<@Nullable Void> runAsync(RunOptions options, RunEffect effect) {
        Objects.requireNonNull(effect, "the closure of a run");
        return runAsync(options, (StepEffect) step -> effect.execute());
    }

    /** As {@link #runAsync(RunOptions, TypeDescriptor, StepAction)}, without a result. */
    @CheckReturnValue
    default RestatePromise<@Nullable Void> runAsync(RunOptions options, StepEffect effect) {
        Objects.requireNonNull(effect, "the closure of a run");
        return runAsync(options, Serde.none(), step -> {
            effect.execute(step);
            return null;
        });
    }

    /** As {@link #runAsync(RunOptions, TypeDescriptor, RunAction)}, with a result of a class. */
    @CheckReturnValue
    default <T> RestatePromise<T> runAsync(RunOptions options, Class<T> result, RunAction<? extends T> action) {
        Objects.requireNonNull(action, "the closure of a run");
        return runAsync(options, result, (StepAction<? extends T>) step -> action.execute());
    }

    /** As {@link #runAsync(RunOptions, TypeDescriptor, StepAction)}, with a result of a class. */
    @CheckReturnValue
    <T> RestatePromise<T> runAsync(RunOptions options, Class<T> result, StepAction<? extends T> action);

    /**
     * Runs a step once and records its result. The closure starts at once, on a virtual thread of its own; in a new
     * attempt, closures start when the handler first waits for something that the journal does not answer. So several
     * steps run at the same time. A closure that computes rather than waits should run on a platform thread, see {@link
     * RunOptions#onPlatformThread}. The closure is skipped if the journal holds its result. The step has happened when
     * the engine has stored its result: a crash before that runs it again, a crash after it does not.
     *
     * <p>A closure that throws {@link TerminalException} rejects the promise. One that throws anything else is
     * executed again, as the {@link RetryPolicy} says: within this attempt while the handler has anything else under
     * way, which goes on undisturbed; otherwise in a new attempt of the handler. Before the handler ends, it waits
     * for steps that nobody has awaited.
     *
     * @param options name, retry policy and kind of thread; {@link RunOptions#NONE} for a step without a name
     * @param result the type of the result, which says how it is recorded
     * @param action what to do; it must not use the context and may be interrupted by a crash at any point
     */
    @CheckReturnValue
    default <T extends @Nullable Object> RestatePromise<T> runAsync(
            RunOptions options, TypeDescriptor<T> result, RunAction<? extends T> action) {
        Objects.requireNonNull(action, "the closure of a run");
        return runAsync(options, result, (StepAction<? extends T>) step -> action.execute());
    }

    /**
     * As {@link #runAsync(RunOptions, TypeDescriptor, RunAction)}, with a closure that looks at the step it executes.
     */
    @CheckReturnValue
    <T extends @Nullable Object> RestatePromise<T> runAsync(
            RunOptions options, TypeDescriptor<T> result, StepAction<? extends T> action);

    // -- time and chance

    /**
     * Waits for a duration. The engine keeps the time, so the process need not stay alive meanwhile.
     *
     * @param duration as for {@link #timer(Duration)}
     * @throws IllegalArgumentException when it is negative
     * @throws CancelledException if the invocation was cancelled meanwhile
     */
    default void sleep(Duration duration) {
        timer(duration).await();
    }

    /**
     * Resolves after a duration. The engine keeps the time, so the process need not stay alive meanwhile.
     *
     * @param duration from now on; not negative. Counted in milliseconds; one that ends after the last possible
     *     instant never ends. A crash does not restart it
     * @throws IllegalArgumentException when it is negative
     */
    @CheckReturnValue
    default RestatePromise<@Nullable Void> timer(Duration duration) {
        return timer("", duration);
    }

    /** As {@link #timer(Duration)}, with a name for people to read. */
    @CheckReturnValue
    RestatePromise<@Nullable Void> timer(String name, Duration duration);

    /**
     * The time, read once and recorded as a run named {@code now}; waits until it is recorded. Every replay returns
     * the recorded time.
     */
    Instant now();

    /** Random numbers, the same in every attempt of this invocation and independent of other invocations. */
    RandomGenerator random();

    /** A random UUID (version 4) that is the same in every attempt of this invocation. */
    UUID uuid();

    // -- calls

    /**
     * Calls the handlers of a service by their methods.
     *
     * @param type the class or interface with {@code @Service}
     * @throws IllegalArgumentException when it is not a service
     */
    <S> ServiceClient<S> service(Class<S> type);

    /**
     * Calls the handlers of one virtual object by their methods.
     *
     * @param type the class or interface with {@code @VirtualObject}
     * @param key which object
     * @throws IllegalArgumentException when it is not a virtual object
     */
    <S> ServiceClient<S> object(Class<S> type, String key);

    /**
     * Calls the handlers of one workflow by their methods.
     *
     * @param type the class or interface with {@code @Workflow}
     * @param key which workflow
     * @throws IllegalArgumentException when it is not a workflow
     */
    <S> ServiceClient<S> workflow(Class<S> type, String key);

    /** As {@link #call(Target, Object, Class, CallOptions)}, without options. */
    @CheckReturnValue
    default <T> CallPromise<T> call(Target target, Object argument, Class<T> result) {
        return call(target, argument, result, CallOptions.NONE);
    }

    /** As {@link #call(Target, Object, TypeDescriptor, CallOptions)}, without options. */
    @CheckReturnValue
    default <T extends @Nullable Object> CallPromise<T> call(Target target, Object argument, TypeDescriptor<T> result) {
        return call(target, argument, result, CallOptions.NONE);
    }

    /**
     * Calls a handler and gives its result.
     *
     * @param target which handler
     * @param argument what to call it with, serialized as the class it has; not null. For a handler without input, or
     *     for an argument of a generic type, say how by {@link #call(Target, TypeDescriptor, Object, TypeDescriptor,
     *     CallOptions)}
     * @param result the class of the result
     * @param options headers, idempotency key and so on
     */
    @CheckReturnValue
    <T> CallPromise<T> call(Target target, Object argument, Class<T> result, CallOptions options);

    /** As {@link #call(Target, Object, Class, CallOptions)}, with a result that a class does not describe. */
    @CheckReturnValue
    <T extends @Nullable Object> CallPromise<T> call(
            Target target, Object argument, TypeDescriptor<T> result, CallOptions options);

    /**
     * Calls a handler and gives its result. The call is made once, whether or not its promise is awaited; when this
     * invocation is cancelled while it waits, the called one is cancelled too.
     *
     * @param target which handler. One that does not exist makes the attempt fail, to be retried
     * @param parameter the type of the argument; {@link Serde#none} with {@code null} for none
     * @param argument what to call it with
     * @param result the type of the result
     * @param options headers, idempotency key and so on
     * @throws dev.reprise.sdk.serde.SerdeException when the argument cannot be written
     */
    @CheckReturnValue
    <P extends @Nullable Object, T extends @Nullable Object> CallPromise<T> call(
            Target target, TypeDescriptor<P> parameter, P argument, TypeDescriptor<T> result, CallOptions options);

    /** Calls a handler without waiting for its result, with an argument serialized as the class it has. */
    default InvocationHandle send(Target target, Object argument) {
        return send(target, argument, SendOptions.NONE);
    }

    /** Calls a handler without waiting for its result, with an argument serialized as the class it has. */
    InvocationHandle send(Target target, Object argument, SendOptions options);

    /**
     * Calls a handler without waiting for its result. The message is delivered once. It is not cancelled with this
     * invocation.
     *
     * @param target which handler. One that does not exist makes the attempt fail, to be retried
     * @param parameter the type of the argument; {@link Serde#none} with {@code null} for none
     * @param argument what to call it with
     * @param options when, headers, idempotency key and so on
     * @throws dev.reprise.sdk.serde.SerdeException when the argument cannot be written
     */
    <P extends @Nullable Object> InvocationHandle send(
            Target target, TypeDescriptor<P> parameter, P argument, SendOptions options);

    // -- other invocations

    /** A handle of another invocation, by its id. A malformed id makes the attempt fail when the handle is used. */
    InvocationHandle invocation(String invocationId);

    /**
     * A promise that someone outside the handler completes. Creating it records nothing; its id is the same in every
     * attempt.
     *
     * @param type the class of the value, which is read when the promise is awaited
     */
    @CheckReturnValue
    <T> Awakeable<T> awakeable(Class<T> type);

    /** As {@link #awakeable(Class)}, with a value that a class does not describe. */
    @CheckReturnValue
    <T extends @Nullable Object> Awakeable<T> awakeable(TypeDescriptor<T> type);

    /**
     * Completes an awakeable of another invocation.
     *
     * @param awakeableId as {@link Awakeable#id} returned it; any other text makes the attempt fail when the handle is
     *     used
     */
    Awakeable.Handle awakeableHandle(String awakeableId);

    /**
     * Settles with a signal of this name, sent to this invocation by {@link InvocationHandle#signal}. Signals of one
     * name form a queue, and each settles one promise: the first await of the name takes the first signal, the next
     * await the second, without waiting if it has already arrived. Promises of one name that are awaited together
     * take signals in the order in which the promises were created; a promise that nobody awaits any more, such as
     * the loser of a race, takes none.
     */
    @CheckReturnValue
    <T> RestatePromise<T> signal(String name, Class<T> type);

    /** As {@link #signal(String, Class)}, with a value that a class does not describe. */
    @CheckReturnValue
    <T extends @Nullable Object> RestatePromise<T> signal(String name, TypeDescriptor<T> type);

    // -- branches

    /**
     * Runs a part of the handler concurrently with the rest: a sequence of steps, calls and awaits of its own.
     *
     * {@snippet :
     * Branch<Receipt> paid = ctx.fork("pay", c -> {
     *     String hold = c.run("hold", String.class, () -> bank.hold(amount));
     *     c.sleep(Duration.ofHours(1));
     *     return c.run("capture", Receipt.class, () -> bank.capture(hold));
     * });
     * }
     *
     * <p>The handler and its branches take turns: one runs until it awaits something that has not arrived, then
     * another goes on. The order of forking and the journal alone decide which, so every replay takes the same
     * turns. Only the closures of runs execute in parallel.
     *
     * <p>When the handler returns, it waits for branches that nobody has awaited, and cancels those that were
     * awaited and still run, such as the loser of a race. A failure of a branch that is not terminal fails the
     * attempt, like one of the handler itself.
     *
     * <p>A branch inherits nothing from the forking thread: no thread-local or scoped values, and in the diagnostic
     * context (MDC) only the keys that {@link #logger} names, and {@code reprise.branch}.
     *
     * @param name its name in logs and reports; several branches may have the same
     * @param body what it does, with a context of its own
     */
    @CheckReturnValue
    <T extends @Nullable Object> Branch<T> fork(String name, Branch.Body<T> body);

    /**
     * Opens a scope for branches that belong together, see {@link Scope}.
     *
     * @param joiner when the scope is over and what its {@code join} gives; a new one for each scope
     * @param <T> what all branches give
     * @param <R> what {@link Scope#join} gives
     */
    <T extends @Nullable Object, R extends @Nullable Object> Scope<? extends Context, T, R> scope(
            Scope.Joiner<? super T, ? extends R> joiner);

    /**
     * Applies a body to every item, to at most {@code limit} of them at a time, and returns the results in the order
     * of the items. Items are started in their order. The first terminal failure cancels the rest and is thrown.
     *
     * <p>Memory does not grow with the number of items: there are {@code limit} branches, each of which takes the
     * next item when it has finished one. The journal records what the body does for each item.
     *
     * @param items read one by one, as they are started; must be the same in every attempt
     * @param limit at least 1
     */
    <I extends @Nullable Object, T extends @Nullable Object> List<T> mapConcurrent(
            Iterable<? extends I> items, int limit, Branch.ItemBody<? super I, ? extends T> body);

    /** As {@link #mapConcurrent}, but completes every item, and returns how each of them ended. */
    <I extends @Nullable Object, T extends @Nullable Object> List<Settled<T>> mapConcurrentSettled(
            Iterable<? extends I> items, int limit, Branch.ItemBody<? super I, ? extends T> body);

    /**
     * Starts further copies of a body when the first takes too long: the second copy after {@code delay}, the third
     * after another {@code delay}, and the next one at once when a copy fails. The first copy that succeeds wins,
     * and the others are cancelled. The delays are durable timers: those that expired during an outage start the
     * copies in order.
     *
     * @param copies the largest number of copies; at least 1
     * @throws AggregateException when all copies have failed
     */
    <T extends @Nullable Object> T hedge(String name, Duration delay, int copies, Branch.Body<? extends T> body);

    /**
     * Runs a body of several steps, and runs all of it again, in a new branch, when it fails terminally, as the
     * policy says. The steps of every try stay in the journal. Delays are durable timers, and the longest duration
     * is measured in recorded time. A cancellation does not count as a failure: it ends the body and is thrown.
     *
     * @throws TerminalException the failure of the last try
     */
    <T extends @Nullable Object> T retry(String name, RetryPolicy policy, Branch.Body<? extends T> body);

    /**
     * Runs steps that are undone in reverse order when the body throws a {@link TerminalException}; a cancellation
     * is one.
     *
     * {@snippet :
     * return ctx.saga(saga -> {
     *     String flight = saga.step("flight", String.class, () -> flights.book(trip), () -> flights.cancel(trip));
     *     String hotel = saga.step("hotel", String.class, () -> hotels.book(trip), () -> hotels.cancel(trip));
     *     return flight + hotel;
     * });
     * }
     *
     * @throws Exception what the body throws
     */
    <T extends @Nullable Object> T saga(Saga.Body<? extends T> body) throws Exception;

    // -- for people

    /**
     * A logger that is silent during replay, so that each line appears once unless a process crashes. Closures of
     * runs may use it too. The diagnostic context (MDC) has the keys {@code restate.invocation.id} and {@code
     * restate.invocation.target}, which the engine's log lines and traces use too.
     */
    Logger logger();

    /** Wraps {@code logger} so that it is silent during replay, as {@link #logger()} is. */
    Logger logger(Logger logger);
}
