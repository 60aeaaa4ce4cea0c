package dev.reprise.interop;

import static dev.reprise.interop.harness.Comparison.compare;

import dev.reprise.interop.harness.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Virtual objects: state, their queue, and state and messages that are large. */
final class StateTest {
    private static final int TEN_MIB = 10 * 1024 * 1024;

    @ParameterizedTest
    @EnumSource
    void state_setGetClearKeys(Subject subject) {
        compare(subject, "state", world -> {
            String cell = "Cell/" + world.key();
            world.call(cell + "/get", "none").expect(200, "");
            world.call(cell + "/set", Map.of("name", "a", "value", List.of(1, "two")));
            world.call(cell + "/set", Map.of("name", "b", "value", Map.of("three", 3)));
            world.call(cell + "/get", "a").expect(200, "[1,\"two\"]");
            world.call(cell + "/peek", "b").expect(200, "{\"three\":3}");
            world.journal(world.call(cell + "/keys", null)
                    .expect(200, "[\"a\",\"b\"]")
                    .invocationId());
            world.journal(world.call(cell + "/clear", "a").invocationId());
            world.rowsOf("state", "service_name, service_key, key, value_utf8", "service_key", world.key(), "key");
            world.journal(world.call(cell + "/clearAll", null).invocationId());
            world.call(cell + "/keys", null).expect(200, "[]");
        });
    }

    @ParameterizedTest
    @EnumSource
    void state_modifiedByTheOperator(Subject subject) {
        compare(subject, "state-modified", world -> {
            world.call("Cell/" + world.key() + "/set", Map.of("name", "old", "value", "1"));
            world.modifyState(world.key(), Map.of("patched", "\"yes\""));
            world.stateOf(world.key(), "patched");
            world.call("Cell/" + world.key() + "/keys", null).expect(200, "[\"patched\"]");
        });
    }

    @ParameterizedTest
    @EnumSource
    void object_exclusiveHandlersQueue(Subject subject) {
        compare(subject, "queue", world -> {
            String other = world.key() + "-other";
            String blocked = world.send("Cell/" + world.key() + "/block", other);
            String awakeable = world.awakeableOf(other);
            String queued = world.send("Cell/" + world.key() + "/add", 5);
            world.awaitStatus(queued, "pending");
            world.call("Cell/" + world.key() + "/peek", "count").expect(200, "");
            world.rowsOf("sys_inbox", "service_name, service_key, id", "service_key", world.key(), "sequence_number");
            world.rowsOf(
                    "sys_keyed_service_status",
                    "service_name, service_key, invocation_id",
                    "service_key",
                    world.key(),
                    "service_name");
            world.ingress("POST", "/restate/awakeables/" + awakeable + "/resolve", "\"free\"");
            world.attach(queued).expect(200, "5");
            world.journal(blocked);
            world.journal(queued);
        });
    }

    @ParameterizedTest
    @EnumSource
    void state_large(Subject subject) {
        compare(subject, "large-state", world -> {
            String cell = "Cell/" + world.key();
            world.call(cell + "/fill", Map.of("count", 40, "length", 100_000)).expect(200, "");
            world.journal(
                    world.call(cell + "/weigh", null).expect(200, "4000000").invocationId());
        });
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.MATCH_ALL, names = ".*(STREAMING|RESPONSE)")
    void payload_tenMebibytes(Subject subject) {
        compare(subject, "payload", world -> {
            world.call("Ops/measure", "x".repeat(TEN_MIB)).expect(200, String.valueOf(TEN_MIB));
            world.call("Ops/blob", TEN_MIB).expect(200, "xxxx");
        });
    }
}
