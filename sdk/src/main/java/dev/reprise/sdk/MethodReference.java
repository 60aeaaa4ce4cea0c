package dev.reprise.sdk;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A handler named by its method, such as {@code Counter::add}. It is never called: only the name of the method is read
 * from it.
 *
 * <p>It must be a method reference by the service's type. The compiler takes lambdas for these interfaces too; they are
 * refused when used.
 *
 * @param <S> the service's class, or its interface
 */
@SuppressWarnings("unused") // S only ties the method to the service
public interface MethodReference<S> extends Serializable {

    /**
     * A handler with an input and a result.
     *
     * @param <S> the service
     * @param <C> the context the handler takes
     * @param <I> the input
     * @param <O> the result
     */
    @FunctionalInterface
    interface Mapping<S, C, I extends @Nullable Object, O extends @Nullable Object> extends MethodReference<S> {
        /** The handler's shape. */
        O invoke(S service, C ctx, I input) throws Throwable;
    }

    /**
     * A handler with a result and no input.
     *
     * @param <S> the service
     * @param <C> the context the handler takes
     * @param <O> the result
     */
    @FunctionalInterface
    interface Supplying<S, C, O extends @Nullable Object> extends MethodReference<S> {
        /** The handler's shape. */
        O invoke(S service, C ctx) throws Throwable;
    }

    /**
     * A handler with an input and no result.
     *
     * @param <S> the service
     * @param <C> the context the handler takes
     * @param <I> the input
     */
    @FunctionalInterface
    interface Accepting<S, C, I extends @Nullable Object> extends MethodReference<S> {
        /** The handler's shape. */
        void invoke(S service, C ctx, I input) throws Throwable;
    }

    /**
     * A handler with neither input nor result.
     *
     * @param <S> the service
     * @param <C> the context the handler takes
     */
    @FunctionalInterface
    interface Running<S, C> extends MethodReference<S> {
        /** The handler's shape. */
        void invoke(S service, C ctx) throws Throwable;
    }
}
