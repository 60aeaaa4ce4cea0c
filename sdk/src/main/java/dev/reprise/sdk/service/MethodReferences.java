package dev.reprise.sdk.service;

import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.sdk.MethodReference;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The handlers of a service class by their method references, for all kinds of clients.
 *
 * <pre>{@code
 * MethodReferences.of(Counter.class, ServiceType.VIRTUAL_OBJECT).resolve(reference)
 * }</pre>
 *
 * <p>Each class is read once, and so is each method reference in the code; after that, resolving one takes two
 * look-ups. Any thread may use it.
 *
 * @param <S> the service's class, or the interface that declares its handlers
 */
public final class MethodReferences<S> {
    private static final ClassValue<MethodReferences<?>> SERVICES = new ClassValue<>() {
        @Override
        protected MethodReferences<?> computeValue(Class<?> type) {
            return new MethodReferences<>(type);
        }
    };

    private record Signature(String method, String descriptor) {}

    private final Class<?> type;
    private final ServiceType kind;
    private final Map<Signature, HandlerReference> handlers = new HashMap<>();

    private MethodReferences(Class<?> type) {
        ServiceShape shape = ServiceShapes.of(type);
        this.type = type;
        this.kind = shape.kind();
        for (HandlerShape handler : shape.handlers()) {
            HandlerReference reference = new HandlerReference(
                    shape.name(), handler.name(), handler.kind(), handler.inputSerde(), handler.outputSerde());
            for (Method declaration : handler.declarations()) {
                handlers.put(signature(declaration), reference);
            }
        }
    }

    /**
     * The handlers of a service.
     *
     * @param type the class or interface with the annotations
     * @param kind the kind that the caller expects
     * @throws ServiceDefinitionException when its shape is not that of a service of this kind
     */
    @SuppressWarnings("unchecked") // made from exactly this class
    public static <S> MethodReferences<S> of(Class<S> type, ServiceType kind) {
        MethodReferences<?> references = SERVICES.get(type);
        if (references.kind != kind) {
            throw new ServiceDefinitionException("Expected " + type.getName() + " to be a " + words(kind) + ", found a "
                    + words(references.kind) + ". Ask for a client of that kind.");
        }
        return (MethodReferences<S>) references;
    }

    private static String words(ServiceType kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Signature signature(Method method) {
        return new Signature(
                method.getName(),
                MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .descriptorString());
    }

    /**
     * The handler that a method reference names.
     *
     * @throws IllegalArgumentException when it is not a method reference, or the method is not a handler
     */
    public HandlerReference resolve(MethodReference<S> reference) {
        MethodName name = MethodName.of(reference);
        HandlerReference handler = handlers.get(new Signature(name.method(), name.descriptor()));
        if (handler == null) {
            throw new IllegalArgumentException("Expected a handler of " + type.getName() + ", found method "
                    + name.owner() + "." + name.method() + ". Put @Handler or @Shared on it.");
        }
        return handler;
    }
}
