package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.SharedObjectContext;
import dev.reprise.sdk.SharedWorkflowContext;
import dev.reprise.sdk.WorkflowContext;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.serde.TypeDescriptor;
import dev.reprise.sdk.serde.TypeRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a service without annotations. Each kind of service has its own builder, so that a handler gets the context of
 * its kind. {@code Void.class} stands for no input or no result. For one thread.
 *
 * @param <B> the builder itself
 */
public abstract sealed class ServiceBuilder<B extends ServiceBuilder<B>> {
    private static final String REMEDY = "Choose another factory with serdes(…) before it.";

    private final String name;
    private final ServiceType kind;
    private final Map<String, HandlerDefinition> handlers = new LinkedHashMap<>();
    private HandlerOptions options = HandlerOptions.NONE;
    private SerdeFactory serdes = SerdeFactory.json();

    private ServiceBuilder(String name, ServiceType kind) {
        this.name = ServiceNames.requireService(name, "the service");
        this.kind = kind;
    }

    /**
     * The code of a handler.
     *
     * @param <C> the context of its kind
     * @param <I> the input
     * @param <O> the result
     */
    @FunctionalInterface
    public interface Code<C extends Context, I extends @Nullable Object, O extends @Nullable Object> {
        /** Runs the handler. */
        O run(C ctx, I input) throws Exception;
    }

    abstract B self();

    /** How values are serialized. Applies to handlers that are added afterwards. */
    public B serdes(SerdeFactory factory) {
        this.serdes = factory;
        return self();
    }

    /** What the engine should know about all handlers. Options that are not set keep their values. */
    public B options(HandlerOptions more) {
        options = options.overlaidBy(more);
        return self();
    }

    /**
     * What the engine should know about a handler that was added before. Options that are not set keep their values.
     *
     * @throws ServiceDefinitionException when there is no such handler
     */
    public B options(String handler, HandlerOptions more) {
        HandlerDefinition known = handlers.get(handler);
        if (known == null) {
            throw new ServiceDefinitionException("Expected a handler of " + name + ", found \"" + handler
                    + "\". It has: " + String.join(", ", handlers.keySet()) + ". Add the handler before its options.");
        }
        handlers.put(handler, known.withOptions(known.options().overlaidBy(more)));
        return self();
    }

    /**
     * Builds the service.
     *
     * @throws ServiceDefinitionException when it has no handler, a workflow has no run handler, or an option is not
     *     allowed
     */
    public ServiceDefinition build() {
        if (handlers.isEmpty()) {
            throw new ServiceDefinitionException(
                    "Expected service " + name + " to have a handler, found none. Add one before build().");
        }
        long runs = handlers.values().stream()
                .filter(handler -> handler.kind() == HandlerKind.WORKFLOW_RUN)
                .count();
        if (kind == ServiceType.WORKFLOW && runs != 1) {
            throw new ServiceDefinitionException("Expected workflow " + name
                    + " to have one handler that runs it, found " + runs
                    + ". Call run(…) exactly once before build(), and shared(…) for the others.");
        }
        return new ServiceDefinition(name, kind, List.copyOf(handlers.values()), options, serdes);
    }

    final <T extends @Nullable Object> Serde<T> input(String handler, TypeDescriptor<T> type) {
        return SerdeFactories.create(serdes, type, "the input of " + name + "/" + handler, REMEDY);
    }

    final <T extends @Nullable Object> Serde<T> output(String handler, TypeDescriptor<T> type) {
        return SerdeFactories.create(serdes, type, "the result of " + name + "/" + handler, REMEDY);
    }

    @SuppressWarnings("unchecked") // the context is of the handler's kind, the input was read by its serde
    final <C extends Context, I extends @Nullable Object, O extends @Nullable Object> B add(
            String handler, HandlerKind handlerKind, Serde<I> input, Serde<O> output, Code<C, I, O> code) {
        ServiceNames.requireHandler(handler, "a handler of " + name);
        var body = (Code<Context, @Nullable Object, @Nullable Object>) code;
        HandlerDefinition definition = new HandlerDefinition(
                handler,
                handlerKind,
                (Serde<@Nullable Object>) input,
                (Serde<@Nullable Object>) output,
                HandlerOptions.NONE,
                body::run);
        if (handlers.putIfAbsent(handler, definition) != null) {
            throw new ServiceDefinitionException("Expected each handler of " + name
                    + " to have a name of its own, found two named \"" + handler + "\". Rename one of them.");
        }
        return self();
    }

    /** Builds a service. */
    public static final class OfService extends ServiceBuilder<OfService> {
        OfService(String name) {
            super(name, ServiceType.SERVICE);
        }

        @Override
        OfService self() {
            return this;
        }

        /**
         * Adds a handler.
         *
         * @param handler its name
         * @param input the type of its input, {@code Void.class} for none
         * @param output the type of its result, {@code Void.class} for none
         * @param code its code
         * @throws ServiceDefinitionException when the name is not allowed or taken, or values of a type could not be
         *     read back
         */
        public <I, O> OfService handler(String handler, Class<I> input, Class<O> output, Code<Context, I, O> code) {
            return add(
                    handler,
                    HandlerKind.SERVICE,
                    input(handler, TypeRef.of(input)),
                    output(handler, TypeRef.of(output)),
                    code);
        }

        /** As {@link #handler(String, Class, Class, Code)}, with types that a class does not describe. */
        public <I extends @Nullable Object, O extends @Nullable Object> OfService handler(
                String handler, TypeDescriptor<I> input, TypeDescriptor<O> output, Code<Context, I, O> code) {
            return add(handler, HandlerKind.SERVICE, input(handler, input), output(handler, output), code);
        }
    }

    /** Builds a virtual object. */
    public static final class OfObject extends ServiceBuilder<OfObject> {
        OfObject(String name) {
            super(name, ServiceType.VIRTUAL_OBJECT);
        }

        @Override
        OfObject self() {
            return this;
        }

        /**
         * Adds a handler with exclusive access to its key.
         *
         * @param handler its name
         * @param input the type of its input, {@code Void.class} for none
         * @param output the type of its result, {@code Void.class} for none
         * @param code its code
         * @throws ServiceDefinitionException when the name is not allowed or taken, or values of a type could not be
         *     read back
         */
        public <I, O> OfObject handler(
                String handler, Class<I> input, Class<O> output, Code<ObjectContext, I, O> code) {
            return add(
                    handler,
                    HandlerKind.OBJECT_EXCLUSIVE,
                    input(handler, TypeRef.of(input)),
                    output(handler, TypeRef.of(output)),
                    code);
        }

        /** As {@link #handler(String, Class, Class, Code)}, with types that a class does not describe. */
        public <I extends @Nullable Object, O extends @Nullable Object> OfObject handler(
                String handler, TypeDescriptor<I> input, TypeDescriptor<O> output, Code<ObjectContext, I, O> code) {
            return add(handler, HandlerKind.OBJECT_EXCLUSIVE, input(handler, input), output(handler, output), code);
        }

        /**
         * Adds a handler that runs concurrently with the others of its key and only reads state.
         *
         * @param handler its name
         * @param input the type of its input, {@code Void.class} for none
         * @param output the type of its result, {@code Void.class} for none
         * @param code its code
         * @throws ServiceDefinitionException when the name is not allowed or taken, or values of a type could not be
         *     read back
         */
        public <I, O> OfObject shared(
                String handler, Class<I> input, Class<O> output, Code<SharedObjectContext, I, O> code) {
            return add(
                    handler,
                    HandlerKind.OBJECT_SHARED,
                    input(handler, TypeRef.of(input)),
                    output(handler, TypeRef.of(output)),
                    code);
        }

        /** As {@link #shared(String, Class, Class, Code)}, with types that a class does not describe. */
        public <I extends @Nullable Object, O extends @Nullable Object> OfObject shared(
                String handler,
                TypeDescriptor<I> input,
                TypeDescriptor<O> output,
                Code<SharedObjectContext, I, O> code) {
            return add(handler, HandlerKind.OBJECT_SHARED, input(handler, input), output(handler, output), code);
        }
    }

    /** Builds a workflow. */
    public static final class OfWorkflow extends ServiceBuilder<OfWorkflow> {
        OfWorkflow(String name) {
            super(name, ServiceType.WORKFLOW);
        }

        @Override
        OfWorkflow self() {
            return this;
        }

        /**
         * Adds the handler that runs once per key; a workflow has exactly one.
         *
         * @param handler its name
         * @param input the type of its input, {@code Void.class} for none
         * @param output the type of its result, {@code Void.class} for none
         * @param code its code
         * @throws ServiceDefinitionException when the name is not allowed or taken, or values of a type could not be
         *     read back
         */
        public <I, O> OfWorkflow run(
                String handler, Class<I> input, Class<O> output, Code<WorkflowContext, I, O> code) {
            return add(
                    handler,
                    HandlerKind.WORKFLOW_RUN,
                    input(handler, TypeRef.of(input)),
                    output(handler, TypeRef.of(output)),
                    code);
        }

        /** As {@link #run(String, Class, Class, Code)}, with types that a class does not describe. */
        public <I extends @Nullable Object, O extends @Nullable Object> OfWorkflow run(
                String handler, TypeDescriptor<I> input, TypeDescriptor<O> output, Code<WorkflowContext, I, O> code) {
            return add(handler, HandlerKind.WORKFLOW_RUN, input(handler, input), output(handler, output), code);
        }

        /**
         * Adds a handler that talks to the running workflow.
         *
         * @param handler its name
         * @param input the type of its input, {@code Void.class} for none
         * @param output the type of its result, {@code Void.class} for none
         * @param code its code
         * @throws ServiceDefinitionException when the name is not allowed or taken, or values of a type could not be
         *     read back
         */
        public <I, O> OfWorkflow shared(
                String handler, Class<I> input, Class<O> output, Code<SharedWorkflowContext, I, O> code) {
            return add(
                    handler,
                    HandlerKind.WORKFLOW_SHARED,
                    input(handler, TypeRef.of(input)),
                    output(handler, TypeRef.of(output)),
                    code);
        }

        /** As {@link #shared(String, Class, Class, Code)}, with types that a class does not describe. */
        public <I extends @Nullable Object, O extends @Nullable Object> OfWorkflow shared(
                String handler,
                TypeDescriptor<I> input,
                TypeDescriptor<O> output,
                Code<SharedWorkflowContext, I, O> code) {
            return add(handler, HandlerKind.WORKFLOW_SHARED, input(handler, input), output(handler, output), code);
        }
    }
}
