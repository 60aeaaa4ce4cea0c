package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.HandlerKind;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.ObjectContext;
import dev.reprise.sdk.RestatePromise;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.Shared;
import dev.reprise.sdk.serde.SerdeFactory;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Reads the handlers of one class, and refuses every method whose shape is not that of a handler. */
final class HandlerShapes {
    static final List<Class<? extends Annotation>> MARKS = List.of(Handler.class, Shared.class);

    private static final String CONTINUATION = "kotlin.coroutines.Continuation";

    private final Class<?> type;
    private final ServiceType service;
    private final SerdeFactory serdes;

    HandlerShapes(Class<?> type, ServiceType service, SerdeFactory serdes) {
        this.type = type;
        this.service = service;
        this.serdes = serdes;
    }

    /** In the order of their names. */
    List<HandlerShape> read() {
        List<HandlerShape> handlers = new ArrayList<>();
        for (Lineage.Family family : Lineage.methods(type)) {
            Optional<Method> marked = family.annotatedWith(MARKS);
            if (marked.isPresent()) {
                handlers.add(handler(family, marked.get()));
            } else if (family.annotation(Name.class).isPresent()) {
                throw wrong(family.nearest(), "@Handler or @Shared beside @Name", "@Name alone", "Add @Handler.");
            }
        }
        handlers.sort(Comparator.comparing(HandlerShape::name));
        return handlers;
    }

    private HandlerShape handler(Lineage.Family family, Method marked) {
        Method method = GenericTypes.mentionsVariable(marked) ? family.nearest() : marked;
        requireInstanceMethod(method);
        requirePlainFunction(method);
        HandlerKind kind = kind(family, method);
        requireContext(method, kind);
        Type input = input(method);
        Type output = output(method);
        Optional<Handler> mark = family.annotation(Handler.class);
        SerdeFactory factory =
                mark.isPresent() ? SerdeFactories.of(mark.get().serde(), serdes, Lineage.show(method)) : serdes;
        HandlerOptions options = mark.map(HandlerShapes::options).orElse(HandlerOptions.NONE);
        return new HandlerShape(
                method, family.declarations(), name(family, method), kind, input, output, factory, options);
    }

    private static HandlerOptions options(Handler mark) {
        HandlerOptions.Builder options = HandlerOptions.builder();
        if (!mark.documentation().isEmpty()) {
            options.documentation(mark.documentation());
        }
        if (!mark.accept().isEmpty()) {
            options.accept(mark.accept());
        }
        return options.build();
    }

    private static String name(Lineage.Family family, Method method) {
        String name = family.annotation(Name.class).map(Name::value).orElse(method.getName());
        return ServiceNames.requireHandler(name, Lineage.show(method));
    }

    private HandlerKind kind(Lineage.Family family, Method method) {
        boolean shared = family.annotation(Shared.class).isPresent();
        return switch (service) {
            case SERVICE -> {
                if (shared) {
                    throw wrong(
                            method,
                            "no @Shared in a service, whose handlers share nothing",
                            "@Shared",
                            "Put @Handler there instead, or make the class a @VirtualObject.");
                }
                yield HandlerKind.SERVICE;
            }
            case VIRTUAL_OBJECT -> shared ? HandlerKind.OBJECT_SHARED : HandlerKind.OBJECT_EXCLUSIVE;
            case WORKFLOW -> shared ? HandlerKind.WORKFLOW_SHARED : HandlerKind.WORKFLOW_RUN;
        };
    }

    private static void requireInstanceMethod(Method method) {
        if (Modifier.isPrivate(method.getModifiers())) {
            throw wrong(method, "a method that others can call", "a private one", "Make it public.");
        }
        if (Modifier.isStatic(method.getModifiers())) {
            throw wrong(method, "a method of the service object", "a static one", "Remove static.");
        }
        if (method.getTypeParameters().length > 0) {
            throw wrong(
                    method,
                    "types known when the service is bound",
                    "type parameters on the method",
                    "Name the types instead.");
        }
    }

    /** Kotlin's compiler adds a last parameter to methods that suspend. */
    private static void requirePlainFunction(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length > 0 && parameters[parameters.length - 1].getName().equals(CONTINUATION)) {
            throw wrong(
                    method,
                    "a plain function",
                    "a suspend function of Kotlin",
                    "Remove suspend: a handler has a thread of its own, and may wait.");
        }
    }

    private static void requireContext(Method method, HandlerKind kind) {
        String expected = ContextTypes.of(kind).getSimpleName() + " as first parameter of " + describe(kind);
        Class<?>[] parameters = method.getParameterTypes();
        if (parameters.length == 0) {
            throw wrong(method, expected, "no parameter", "Add it, even when it is not used.");
        }
        Class<?> first = parameters[0];
        if (!Context.class.isAssignableFrom(first)) {
            throw wrong(method, expected, first.getSimpleName(), "Put the context first.");
        }
        if (!first.isAssignableFrom(ContextTypes.of(kind))) {
            throw wrong(method, expected, first.getSimpleName(), remedy(kind, first));
        }
    }

    private static String remedy(HandlerKind kind, Class<?> found) {
        String change = "Change it to " + ContextTypes.of(kind).getSimpleName();
        boolean writes = ObjectContext.class.isAssignableFrom(found);
        if (kind.isShared() && writes) {
            return change + ", which only reads, or replace @Shared by @Handler to have the key for itself.";
        }
        return change + ".";
    }

    private static String describe(HandlerKind kind) {
        return switch (kind) {
            case SERVICE -> "a service's handler";
            case OBJECT_EXCLUSIVE -> "a virtual object's handler";
            case OBJECT_SHARED -> "a virtual object's shared handler";
            case WORKFLOW_RUN -> "a workflow's run handler (one without @Shared)";
            case WORKFLOW_SHARED -> "a workflow's shared handler";
        };
    }

    private static Type input(Method method) {
        if (method.getParameterCount() > 2) {
            throw wrong(
                    method,
                    "at most one input after the context",
                    (method.getParameterCount() - 1) + " inputs",
                    "Put them into one record.");
        }
        if (method.getParameterCount() < 2) {
            return void.class;
        }
        if (Context.class.isAssignableFrom(method.getParameterTypes()[1])) {
            throw wrong(method, "one context and then at most one input", "two contexts", "Remove one.");
        }
        return requireKnown(method, method.getGenericParameterTypes()[1], "input");
    }

    private static Type output(Method method) {
        Class<?> raw = method.getReturnType();
        if (Future.class.isAssignableFrom(raw)
                || CompletionStage.class.isAssignableFrom(raw)
                || RestatePromise.class.isAssignableFrom(raw)) {
            throw wrong(
                    method,
                    "the result itself as return type",
                    raw.getSimpleName(),
                    "Await it in the handler and return the value.");
        }
        return requireKnown(method, method.getGenericReturnType(), "result");
    }

    private static Type requireKnown(Method method, Type found, String what) {
        if (GenericTypes.mentionsVariable(found)) {
            throw wrong(
                    method,
                    "the type of the " + what + " to be known when the service is bound",
                    "the type variable in " + found.getTypeName(),
                    "Override the method in the service's class with the actual type, or name the type.");
        }
        return found;
    }

    private static ServiceDefinitionException wrong(Method method, String expected, String found, String remedy) {
        return new ServiceDefinitionException(
                "Handler " + Lineage.show(method) + ": expected " + expected + ", found " + found + ". " + remedy);
    }
}
