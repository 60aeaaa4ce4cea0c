package dev.reprise.testkit.orders;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.HandlerDefinition;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a handler is driven with. Filled by {@link Orders}; does not change while orders are driven. */
final class OrderSetting {
    final Map<String, Object> state = new LinkedHashMap<>();
    final Map<String, List<Object>> signals = new LinkedHashMap<>();
    final List<Object> awakeables = new ArrayList<>();
    final Map<String, Object> promises = new LinkedHashMap<>();
    final List<Consumer<OrderOutcome>> checks = new ArrayList<>();
    private @Nullable Supplier<?> services;

    @Nullable
    String handler;

    @Nullable
    Object input;

    String key = "key";

    @Nullable
    Function<OrderCall, @Nullable Object> calls;

    int cancels;
    int faults = 1;
    boolean crashes = true;
    boolean isolated;
    boolean strictPromises;
    final DroppedInOrders dropped = new DroppedInOrders();

    void services(Supplier<?> supplier) {
        services = supplier;
    }

    /** A new service for one course. */
    Object newService() {
        if (services == null) {
            throw new IllegalStateException("Expected a service to drive, found none. Call Orders.service first.");
        }
        return Objects.requireNonNull(services.get(), "the supplier of services gave null");
    }

    static ServiceDefinition definition(Object service) {
        return service instanceof ServiceDefinition given ? given : ServiceDefinition.of(service);
    }

    /** The handler to drive: the named one, or the only one. */
    HandlerDefinition handler(ServiceDefinition definition) {
        List<String> names =
                definition.handlers().stream().map(HandlerDefinition::name).toList();
        String name = handler;
        if (name == null && names.size() == 1) {
            name = names.getFirst();
        }
        if (name == null || !names.contains(name)) {
            throw new IllegalArgumentException("Expected the name of a handler of " + definition.name() + ", found "
                    + (name == null ? "none" : "\"" + name + "\"") + ". It has: " + String.join(", ", names) + ".");
        }
        return definition.handler(name).orElseThrow();
    }

    /** The result of a stub, as it is recorded. */
    static Result result(@Nullable Object value, SerdeFactory serdes) {
        return switch (value) {
            case null -> new Result.Value(Bytes.EMPTY);
            case TerminalException reason -> failed(reason);
            default -> new Result.Value(bytes(value, serdes));
        };
    }

    static Result failed(TerminalException reason) {
        List<Failure.Metadata> metadata = new ArrayList<>();
        reason.metadata().forEach((name, text) -> metadata.add(new Failure.Metadata(name, text)));
        return new Result.Failed(new Failure(reason.code(), reason.getMessage(), metadata));
    }

    @SuppressWarnings("unchecked") // the class is the value's own
    static <T> Bytes bytes(T value, SerdeFactory serdes) {
        return serdes.createWriter((Class<T>) value.getClass()).serialize(value);
    }
}
