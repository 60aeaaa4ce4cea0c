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
 * Drives one invocation of a handler through the orders in which its results can come: those of steps, calls, timers, awakeables
 * and signals, with a crash wherever it waits. There is no engine and no time: an order takes less than a millisecond.
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
 * <p>An order is wrong when a check throws, when a replay of the journal does something else than before, when the handler waits
 * for what never comes, or fails again and again. {@link #explore} then throws an {@link OrderFailure} with the smallest such
 * order it finds, and writes a file from which {@link #replay} drives that order again.
 *
 * <p>Handlers that have state are driven twice, once with it at hand and once asking for each key. Not made for more than one
 * thread.
 */
public final class Orders {
    private static final int MAX = 10_000;

    private final OrderSetting setting = new OrderSetting();
    private int max = MAX;
    private boolean reducing = true;
    private @Nullable Path replay;
    private @Nullable Path file;

    Orders() {}

    /** Explores the handlers of services that {@code services} gives, a new one for each order, see {@link #service}. */
    public static Orders of(Supplier<?> services) {
        return new Orders().service(services);
    }

    /** Explores the handlers of a service without fields that change. */
    public static Orders of(ServiceDefinition service) {
        return new Orders().service(() -> service);
    }

    /**
     * With a service of its own for each order, so that what one order does to its fields, and to the fakes it was made with, is
     * not there in the next.
     *
     * @param services gives annotated objects, or {@link ServiceDefinition}s
     */
    public Orders service(Supplier<?> services) {
        setting.services(services);
        return this;
    }

    /** Drives this handler; need not be said of a service that has one. */
    public Orders handler(String name) {
        setting.handler = name;
        return this;
    }

    /** With this argument. */
    public Orders input(Object value) {
        setting.input = value;
        return this;
    }

    /** Of the virtual object or workflow with this key; {@code key} if it is not said. */
    public Orders key(String key) {
        setting.key = key;
        return this;
    }

    /** With a value in the object's state. */
    public Orders state(String key, Object value) {
        setting.state.put(key, value);
        return this;
    }

    /**
     * Says what comes of calls: a value, null for no value, or a {@link TerminalException} thrown or returned. Asked when the
     * result comes. Without it an order with a call is wrong.
     */
    public Orders calls(Function<OrderCall, @Nullable Object> stub) {
        setting.calls = stub;
        return this;
    }

    /** One more signal of this name will come, at any time; a {@link TerminalException} rejects it. Those of one name come in order. */
    public Orders signal(String name, Object value) {
        setting.signals.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
        return this;
    }

    /** The value of the next awakeable that the handler makes; it comes at any time after. A {@link TerminalException} rejects it. */
    public Orders awakeable(Object value) {
        setting.awakeables.add(value);
        return this;
    }

    /** The value of a workflow's promise, which others have given; a {@link TerminalException} rejects it. */
    public Orders promise(String name, Object value) {
        setting.promises.put(name, value);
        return this;
    }

    /** Lets the invocation be cancelled up to so many times, at any time. Not at all if it is not said. */
    public Orders cancels(int count) {
        setting.cancels = notNegative(count);
        return this;
    }

    /**
     * Lets up to so many steps of an order go wrong: a try that fails, or a crash after the closure was executed and before its
     * result was stored. One if it is not said.
     */
    public Orders faults(int count) {
        setting.faults = notNegative(count);
        return this;
    }

    /** Whether a crash comes wherever the handler waits for the first time in an order; so it does if it is not said. */
    public Orders crashes(boolean yes) {
        setting.crashes = yes;
        return this;
    }

    /**
     * The handler, its branches and the closures of its steps have no memory in common, neither variables nor fields nor anything
     * outside that one of them changes and another looks at: they meet in promises, state and calls only. Far fewer orders are left
     * then, for it does not matter which of two branches goes on first where neither issues a command.
     */
    public Orders isolated() {
        setting.isolated = true;
        return this;
    }

    /** Drives at most so many orders; 10,000 if it is not said. */
    public Orders max(int orders) {
        if (orders < 1) {
            throw new IllegalArgumentException("Expected at least 1 order, found " + orders + ".");
        }
        max = orders;
        return this;
    }

    /** Looks at how an order ended, and throws if that is not right. Called once for each, one at a time, on a thread of its own. */
    public Orders check(Consumer<OrderOutcome> check) {
        setting.checks.add(check);
        return this;
    }

    /** Drives the order of this file alone, and not others: as under a debugger. */
    public Orders replay(String path) {
        replay = Path.of(path);
        return this;
    }

    /** Writes an order that is wrong to this file; {@code target/orders/<service>-<handler>.order} if it is not said. */
    public Orders file(Path path) {
        file = path;
        return this;
    }

    /** Drives every order there is, also where another is known to lead to the same. */
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

    /** On a virtual thread: the threads of handlers are virtual, and hand over to it about five times as fast as to another. */
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
