package dev.reprise.sdk.service;

import dev.reprise.sdk.Context;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * A handler's method bound to its service object, so that an invocation needs no reflection. Any thread may invoke it.
 */
final class HandlerBinding implements HandlerDefinition.Body {
    private static final MethodType BODY = MethodType.methodType(Object.class, Context.class, Object.class);

    private final MethodHandle handle;

    private HandlerBinding(MethodHandle handle) {
        this.handle = handle;
    }

    /**
     * Binds a method to an object.
     *
     * @throws ServiceDefinitionException when the method is not accessible
     */
    static HandlerDefinition bind(Object service, HandlerShape shape) {
        MethodHandle handle = accessible(shape.method()).bindTo(service);
        if (shape.method().getParameterCount() == 1) {
            handle = MethodHandles.dropArguments(handle, 1, Object.class);
        }
        return new HandlerDefinition(
                shape.name(),
                shape.kind(),
                shape.inputSerde(),
                shape.outputSerde(),
                shape.options(),
                new HandlerBinding(handle.asType(BODY)));
    }

    private static MethodHandle accessible(Method method) {
        boolean opened = method.trySetAccessible();
        try {
            return MethodHandles.lookup().unreflect(method);
        } catch (IllegalAccessException e) {
            Class<?> type = method.getDeclaringClass();
            throw new ServiceDefinitionException(
                    "Expected handler " + Lineage.show(method) + " to be accessible, found that module "
                            + type.getModule().getName() + (opened ? "" : " does not open " + type.getPackageName())
                            + ". Write \"opens " + type.getPackageName()
                            + " to dev.reprise.sdk;\" in its module-info.java, or export the package and make class and"
                            + " method public.",
                    e);
        }
    }

    @Override
    public @Nullable Object invoke(Context ctx, @Nullable Object input) throws Throwable {
        return (Object) handle.invokeExact(ctx, input);
    }
}
