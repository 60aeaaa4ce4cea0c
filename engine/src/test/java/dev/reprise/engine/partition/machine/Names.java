package dev.reprise.engine.partition.machine;

import dev.reprise.protocol.id.DeploymentId;
import dev.reprise.protocol.id.InvocationId;
import java.util.TreeMap;

/**
 * The short names of a scenario. {@code inv1} is an invocation of partition 0, {@code far1} one of the last partition,
 * {@code run(Order/o1)} a workflow's run, {@code idem(Greeter/greet/k)} a call of a service with an idempotency key. A
 * letter behind such a name makes it another invocation of the same partition key.
 */
public final class Names {
    private final TreeMap<InvocationId, String> names = new TreeMap<>();

    public InvocationId invocation(String name) {
        InvocationId id = parse(name);
        names.put(id, name);
        return id;
    }

    private static InvocationId parse(String name) {
        char last = name.charAt(name.length() - 1);
        if (Character.isLetter(last)) {
            InvocationId near = parse(name.substring(0, name.length() - 1));
            return new InvocationId(near.partitionKey(), last, near.uuidLow());
        }
        if (name.startsWith("inv")) {
            long number = Long.parseLong(name.substring(3));
            return new InvocationId(number, 0, number);
        }
        if (name.startsWith("far")) {
            long number = Long.parseLong(name.substring(3));
            return new InvocationId(-number, 0, number);
        }
        String[] parts =
                name.substring(name.indexOf('(') + 1, name.length() - 1).split("/", -1);
        return name.startsWith("run(")
                ? InvocationId.deterministic(parts[0], parts[1], "", null)
                : InvocationId.deterministic(parts[0], null, parts[1], parts[2]);
    }

    public String of(InvocationId id) {
        return names.getOrDefault(id, id.toString());
    }

    public static DeploymentId deployment(String name) {
        return new DeploymentId(0, Long.parseLong(name.substring(2)));
    }

    public static String of(DeploymentId id) {
        return "dp" + id.low();
    }

    /** Whole seconds as {@code 5s}, anything else in milliseconds. */
    public static String time(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + "s" : Long.toString(millis);
    }

    public static long millis(String time) {
        return time.endsWith("s") ? Long.parseLong(time.substring(0, time.length() - 1)) * 1000 : Long.parseLong(time);
    }
}
