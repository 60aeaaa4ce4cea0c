package dev.reprise.testkit.orders;

import java.lang.reflect.Method;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests that are annotated with {@link ExploreOrders} their {@link Orders}. */
public final class OrdersExtension implements ParameterResolver {
    /** Called by JUnit. */
    public OrdersExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Orders.class
                && context.getRequiredTestMethod().isAnnotationPresent(ExploreOrders.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        ExploreOrders wanted = method.getAnnotation(ExploreOrders.class);
        String name = context.getRequiredTestClass().getSimpleName() + "." + method.getName() + ".order";
        Orders orders = new Orders()
                .max(wanted.max())
                .faults(wanted.faults())
                .cancels(wanted.cancels())
                .file(Path.of("target", "orders", name));
        if (wanted.isolated()) {
            orders.isolated();
        }
        if (wanted.strictPromises()) {
            orders.strictPromises();
        }
        return wanted.replay().isEmpty() ? orders : orders.replay(wanted.replay());
    }
}
