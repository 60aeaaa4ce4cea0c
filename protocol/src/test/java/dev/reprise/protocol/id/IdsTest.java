package dev.reprise.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.ProtocolException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, held against some that Restate 1.7 made. */
class IdsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "inv_106OshU1BFGF5I6A7CE3Zk6iPypcldlpNq",
                "inv_11tJNy48wnL73qkZIqnTqrgbrH8WZn5XEo",
                "inv_12LkmrY6tpJB3ZPbodr7WwrHfSZweO4gD2",
                "inv_13uD2DkhrABu7m0tzlrqYLmOAiDj4IFrhA",
                "inv_13xoLHok2rlc7tZjdEF5swHuqZLwrcAvy3",
                "inv_16sNAPj34jCg7cHj5coKKKu2Rm6SyKcn4M",
                "inv_17hsqXh2ItuQ6YZ4gDupxyyqFPFOxt0BMt",
                "inv_17hsqXh2ItuQ7eDBvzCE1BTJb2GAGM42EC",
                "inv_17pkStO14myL6b0gclwtwYy7WpjlbUYIoM",
                "inv_17tHXfH8gNs63R5wTY20Oo26XVyQZN8v4O",
                "inv_18mRtkyuuNYu3yF37e2yn6Har6r13Bqz6P",
                "inv_19DPi9rJa2KS4B6Hb5QjY0j0yaTBoUb8Rz",
                "inv_1aiXzg16gkGx7F5qERr6qo1YRecuQMj5H7",
                "inv_1aj9moqHVCwh16YJakwKO0XNGErbaGw5nv",
                "inv_1bZxt9on8sAJ7Cz6dfiIOgbVUmSGce6WhV",
                "inv_1d21HCg2n80K6azcROxQgbHhCgkNUoBTM6",
                "inv_1dceKvwtEc2n7J63l3hLhjFNDIoBiwWokv",
                "inv_1iBWGAg02ttI3p2LHklZmKmJBQoruxvO2Q",
                "inv_1iVjTcnfhDRj53AQdOj09SVDEtYj4d7cKs",
                "inv_1kmiVN927e602oum1fZfUaYAeKgJBT3WGm",
                "inv_1lhzN9uBRf4A3Za2mGwIYEbpOpmyksBsG9"
            })
    void invocationId_ofRestate_roundTripsThroughTextAndBytes(String text) {
        InvocationId id = InvocationId.parse(text);

        assertThat(id).hasToString(text);
        assertThat(InvocationId.fromBytes(id.toBytes())).isEqualTo(id);
    }

    static List<Arguments> derived() {
        return List.of(
                Arguments.of(
                        new InvocationReference.ByWorkflow("MyWorkflow", "a", null),
                        "inv_1dceKvwtEc2n7J63l3hLhjFNDIoBiwWokv"),
                Arguments.of(
                        new InvocationReference.ByIdempotencyKey(
                                "AwakeableHolder",
                                "62a1229c-f6d8-46f7-8046-f0287f79fd0f",
                                "run",
                                "91044118-62a4-4d24-a617-66d1f112b250",
                                null),
                        "inv_13xoLHok2rlc7tZjdEF5swHuqZLwrcAvy3"),
                Arguments.of(
                        new InvocationReference.ByIdempotencyKey(
                                "MyService", null, "greet", "47712582-b370-4fd1-b3b5-2370e65570e6", null),
                        "inv_1iVjTcnfhDRj53AQdOj09SVDEtYj4d7cKs"),
                Arguments.of(
                        new InvocationReference.ByIdempotencyKey(
                                "TestUtilsService", null, "rejectSignal", "68ed63c1-8f3f-4ba4-bf14-8f2d692305d0", null),
                        "inv_17tHXfH8gNs63R5wTY20Oo26XVyQZN8v4O"),
                Arguments.of(
                        new InvocationReference.ById("inv_1iVjTcnfhDRj53AQdOj09SVDEtYj4d7cKs"),
                        "inv_1iVjTcnfhDRj53AQdOj09SVDEtYj4d7cKs"));
    }

    @ParameterizedTest
    @MethodSource("derived")
    void invocationId_ofReference_isTheOneRestateDerives(InvocationReference reference, String expected) {
        assertThat(InvocationId.of(reference)).hasToString(expected);
    }

    @Test
    void invocationId_inScope_livesWithItsScopeAndDiffersFromOutside() {
        InvocationId outside = InvocationId.of(new InvocationReference.ByIdempotencyKey("S", null, "h", "k", null));
        InvocationId inside = InvocationId.of(new InvocationReference.ByIdempotencyKey("S", null, "h", "k", "scope"));
        InvocationId run = InvocationId.of(new InvocationReference.ByWorkflow("W", "k", "scope"));

        assertThat(inside.partitionKey()).isEqualTo(PartitionKey.of("scope")).isEqualTo(run.partitionKey());
        assertThat(inside.uuidHigh()).isNotEqualTo(outside.uuidHigh());
    }

    @Test
    void deterministic_workflowRunAndIdempotentCall_areTheDerivedIds() {
        assertThat(InvocationId.deterministic("MyWorkflow", "a", "run", null))
                .hasToString("inv_1dceKvwtEc2n7J63l3hLhjFNDIoBiwWokv");
        assertThat(InvocationId.deterministic("MyService", null, "greet", "47712582-b370-4fd1-b3b5-2370e65570e6"))
                .hasToString("inv_1iVjTcnfhDRj53AQdOj09SVDEtYj4d7cKs");
        assertThatThrownBy(() -> InvocationId.deterministic("S", null, "h", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void invocationId_fresh_beginsWithTheTime() {
        long nowMillis = 1_790_000_000_000L;
        InvocationId id = InvocationId.fresh(7, nowMillis, -1, -2);

        assertThat(id.uuidHigh() >>> 16).isEqualTo(nowMillis);
        assertThat(id.uuidHigh() & 0xFFFF).isEqualTo(0xFFFF);
        assertThat(id.uuidLow()).isEqualTo(-2);
    }

    @Test
    void invocationId_random_roundTripsAndSortsAsItsBytes() {
        Random random = new Random(7);
        InvocationId before = new InvocationId(0, 0, 0);
        for (int i = 0; i < 1_000; i++) {
            InvocationId id = new InvocationId(random.nextLong(), random.nextLong(), random.nextLong());
            assertThat(InvocationId.parse(id.toString())).isEqualTo(id);
            assertThat(id.toString()).hasSize(38);
            assertThat(Integer.signum(id.compareTo(before)))
                    .isEqualTo(Integer.signum(id.toBytes().compareTo(before.toBytes())));
            before = id;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "inv_1",
                "inv_2aiXzg16gkGx7F5qERr6qo1YRecuQMj5H7",
                "dp_14Zu4AkIkEe1EAyp0BIjv21",
                "inv_1aiXzg16gkGx7F5qERr6qo1YRecuQMj5H-",
                "inv_1aiXzg16gkGx7F5qERr6qo1YRecuQMj5H",
                "inv_1aiXzg16gkGx7F5qERr6qo1YRecuQMj5H77",
                "inv_1ZZZZZZZZZZZ7F5qERr6qo1YRecuQMj5H7",
                "inv_1aiXzg16gkGxZZZZZZZZZZZZZZZZZZZZZZ",
                "inv_1aiXzg16gkGx7F5qERr6qo1YRecuQMj5Hé"
            })
    void invocationId_malformed_saysWhatWasExpected(String text) {
        assertThatThrownBy(() -> InvocationId.parse(text)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 25})
    void invocationId_ofOtherThan24Bytes_isRefused(int size) {
        assertThatThrownBy(() -> InvocationId.fromBytes(Bytes.wrap(new byte[size])))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dp_14Zu4AkIkEe1EAyp0BIjv21", "dp_11nGQpCRmau6ypL82KH2TnP"})
    void deploymentId_ofRestate_roundTrips(String text) {
        assertThat(DeploymentId.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dp_11nGQpCRmau6ypL82KH2TnP123456", "dep_1nGQpCRmau6ypL82KH2TnP", "dp_2"})
    void deploymentId_malformed_isRefused(String text) {
        assertThatThrownBy(() -> DeploymentId.parse(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void awakeableId_written_isBase64OfIdAndIndex() {
        AwakeableId id = new AwakeableId(new InvocationId(1, 2, 3), 17);

        assertThat(id).hasToString("sign_1AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAEQ");
        assertThat(AwakeableId.parse(id.toString())).isEqualTo(id);
        assertThat(AwakeableId.parse(id + "==")).isEqualTo(id);
    }

    @Test
    void awakeableId_ofTheFormBeforeV5_namesAJournalEntry() {
        String text = "prom_1AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAEQ";

        assertThat(AwakeableId.isLegacy(text)).isTrue();
        assertThat(AwakeableId.parseLegacy(text)).isEqualTo(new AwakeableId.Legacy(new InvocationId(1, 2, 3), 17));
        assertThatThrownBy(() -> AwakeableId.parse(text)).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sign_1",
                "sign_1abc",
                "sign_1!",
                "sign_2AAAA",
                "sign_1AAAAAAAAAAEAAAAAAAAAAgAAAAAAAAADAAAAEQAA"
            })
    void awakeableId_malformed_isRefused(String text) {
        assertThatThrownBy(() -> AwakeableId.parse(text)).isInstanceOf(ProtocolException.class);
    }
}
