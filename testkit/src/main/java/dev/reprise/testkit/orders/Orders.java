package dev.reprise.testkit.orders;

import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.service.ServiceDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Drives one invocation of a handler through the orders in which its results can come: those of steps, calls, timers,
 * awakeables and signals, with a crash wherever it waits. There is no engine and no time: an order takes less than a
 * millisecond.
 *
 * {@snippet :
 * OrdersReport report = Orders.of(() -> new Account())
 *     .handler("transfer")
 *     .input(100)
 *     .state("balance", 500)
 *     .calls(call -> call.target().handler().equals("check") ? true : new TerminalException("unknown"))
 *     .check(outcome -> assertThat(outcome.value(Integer.class)).isEqualTo(400))
 *     .explore();
 * }
 *
 * <p>An order is wrong when a check throws, when a replay of the journal does something else than before, when the
 * handler waits for what never comes, or fails again and again. {@link #explore} then throws an {@link OrderFailure}
 * with the smallest such order it finds, and writes a file from which {@link #replay} drives that order again.
 *
 * <p>Handlers that have state are driven twice, once with it at hand and once asking for each key. Not made for more
 * than one thread.
 */
public final class Orders {
    private static final int MAX = 10_000;

    private final OrderSetting setting = new OrderSetting();
    private int max = MAX;
    private boolean reducing = true;
    private @Nullable Path replay;
    private @Nullable Path file;

    Orders() {}

    /**
     * Explores the handlers of the services that {@code services} provides, a new one for each order, see
     * {@link #service}.
     */
    public static Orders of(Supplier<?> services) {
        return new Orders().service(services);
    }

    /** Explores the handlers of a service without fields that change. */
    public static Orders of(ServiceDefinition service) {
        return new Orders().service(() -> service);
    }

    /**
     * Sets where each order gets its own service from, so that an order's changes to fields, and to the fakes it was
     * made with, are not visible to the next one.
     *
     * @param services provides annotated objects, or {@link ServiceDefinition}s
     */
    public Orders service(Supplier<?> services) {
        setting.services(services);
        return this;
    }

    /** Drives this handler; not necessary for a service with a single one. */
    public Orders handler(String name) {
        setting.handler = name;
        return this;
    }

    /** Calls the handler with this argument. */
    public Orders input(Object value) {
        setting.input = value;
        return this;
    }

    /** Sets the key of the virtual object or workflow; by default {@code key}. */
    public Orders key(String key) {
        setting.key = key;
        return this;
    }

    /** Adds a value to the object's state. */
    public Orders state(String key, Object value) {
        setting.state.put(key, value);
        return this;
    }

    /**
     * Provides the results of calls: a value, null for no value, or a {@link TerminalException}, thrown or returned.
     * Asked when the result comes. Without it an order with a call is wrong.
     */
    public Orders calls(Function<OrderCall, @Nullable Object> stub) {
        setting.calls = stub;
        return this;
    }

    /**
     * Adds a signal of this name, which comes at any time; a {@link TerminalException} rejects it. Signals of one name
     * come in order.
     */
    public Orders signal(String name, Object value) {
        setting.signals.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
        return this;
    }

    /**
     * Sets the value of the next awakeable that the handler makes; it comes at any time afterwards. A
     * {@link TerminalException} rejects it.
     */
    public Orders awakeable(Object value) {
        setting.awakeables.add(value);
        return this;
    }

    /** Sets the value of a workflow's promise, as others completed it; a {@link TerminalException} rejects it. */
    public Orders promise(String name, Object value) {
        setting.promises.put(name, value);
        return this;
    }

    /** Cancels the invocation up to so many times, at any time. By default never. */
    public Orders cancels(int count) {
        setting.cancels = notNegative(count);
        return this;
    }

    /**
     * Lets up to so many steps of an order fail: a try that fails, or a crash after the closure was executed and before
     * its result was stored. By default one.
     */
    public Orders faults(int count) {
        setting.faults = notNegative(count);
        return this;
    }

    /** Whether there is a crash wherever the handler waits for the first time in an order. By default there is. */
    public Orders crashes(boolean yes) {
        setting.crashes = yes;
        return this;
    }

    /**
     * Declares that the handler, its branches and the closures of its steps share no memory: no variables, fields or
     * anything outside that one of them changes and another reads. They communicate only through promises, state and
     * calls. This leaves far fewer orders, because it does not matter which of two branches continues first if neither
     * issues a command.
     */
    public Orders isolated() {
        setting.isolated = true;
        return this;
    }

    /**
     * Makes an order wrong in which the handler returns without having awaited or cancelled the promise of a timer, a
     * call, an awakeable, a signal, or of another invocation's result. By default there is a warning in the log, which
     * names the line that made the promise. A run or a branch is waited for before the handler ends, so that none is
     * wrong.
     */
    public Orders strictPromises() {
        setting.strictPromises = true;
        return this;
    }

    /** Limits the number of orders; by default 10,000. */
    public Orders max(int orders) {
        if (orders < 1) {
            throw new IllegalArgumentException("Expected at least 1 order, found " + orders + ".");
        }
        max = orders;
        return this;
    }

    /**
     * Checks how an order ended, and throws if that is not right. Called once for each order, one at a time, on a
     * thread of its own.
     */
    public Orders check(Consumer<OrderOutcome> check) {
        setting.checks.add(check);
        return this;
    }

    /** Drives only the order in this file, for instance under a debugger. */
    public Orders replay(String path) {
        replay = Path.of(path);
        return this;
    }

    /** Writes a wrong order to this file; by default {@code target/orders/<service>-<handler>.order}. */
    public Orders file(Path path) {
        file = path;
        return this;
    }

    /** Drives every order there is, even where another is known to lead to the same result. */
    Orders everyOrder() {
        reducing = false;
        return this;
    }

    private static int notNegative(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("Expected a count of 0 or more, found " + count + ".");
        }
        return count;
    }

    /**
     * Drives the orders.
     *
     * @throws OrderFailure when one is wrong
     */
    public OrdersReport explore() {
        return explore(course -> {});
    }

    /**
     * On a virtual thread: the threads of handlers are virtual, and switch to another virtual thread about five times
     * as fast.
     */
    OrdersReport explore(Consumer<Course> ends) {
        FutureTask<OrdersReport> exploring = new FutureTask<>(() -> exploreHere(ends));
        Thread thread = Thread.ofVirtual().name("orders").start(exploring);
        try {
            return exploring.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while orders were explored", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            throw new IllegalStateException("orders cannot be explored", e);
        }
    }

    private OrdersReport exploreHere(Consumer<Course> ends) {
        if (replay != null) {
            OrderFile order = OrderFile.read(replay);
            Shrinking.Wrong wrong = new Shrinking(setting, order.lazyState()).drive(order.events());
            if (wrong != null) {
                throw new OrderFailure(wrong, "The order of the file:", replay);
            }
            return new OrdersReport(1, 0, false);
        }
        Set<String> eager = new TreeSet<>();
        OrdersReport report = explore(false, ends, eager);
        if (!hasState()) {
            return report;
        }
        Set<String> lazy = new TreeSet<>();
        OrdersReport both = report.plus(explore(true, ends, lazy));
        if (both.exhausted() && !eager.equals(lazy)) {
            throw new AssertionError("Expected the handler to end alike with its state at hand and with asking for it,"
                    + " found with the state at hand: " + eager + ", and with asking: " + lazy + ".");
        }
        return both;
    }

    private boolean hasState() {
        return setting.handler(OrderSetting.definition(setting.newService()))
                .kind()
                .isKeyed();
    }

    private OrdersReport explore(boolean lazyState, Consumer<Course> ends, Set<String> endings) {
        Exploration exploration = new Exploration(setting, lazyState, reducing, course -> {
            endings.add(course.ending());
            ends.accept(course);
        });
        try {
            boolean exhausted = exploration.run(max);
            return new OrdersReport(exploration.orders(), exploration.cut(), exhausted);
        } catch (Violation violation) {
            throw failure(exploration, lazyState, violation);
        }
    }

    private OrderFailure failure(Exploration exploration, boolean lazyState, Violation violation) {
        Shrinking.Wrong wrong = Objects.requireNonNullElseGet(
                new Shrinking(setting, lazyState).shrink(exploration.failing(), violation.kind()),
                () -> new Shrinking.Wrong(violation, exploration.failing(), List.of("it did not happen again")));
        Path path = file == null ? defaultFile() : file;
        new OrderFile(lazyState, wrong.events()).write(path, wrong.timeline());
        String heading = "The smallest order found, after " + (exploration.orders() + exploration.cut())
                + " others, the state " + (lazyState ? "asked for" : "at hand") + ":";
        return new OrderFailure(wrong, heading, path);
    }

    private Path defaultFile() {
        ServiceDefinition definition = OrderSetting.definition(setting.newService());
        return Path.of(
                "target",
                "orders",
                definition.name() + "-" + setting.handler(definition).name() + ".order");
    }
}
