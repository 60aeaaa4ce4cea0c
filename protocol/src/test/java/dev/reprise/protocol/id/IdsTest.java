package dev.reprise.protocol.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.protocol.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "inv_1aiXzg16gkGx7F5qERr6qo1YRecuQMj5H7",
                "inv_17hsqXh2ItuQ7eDBvzCE1BTJb2GAGM42EC",
                "inv_17pkStO14myL6b0gclwtwYy7WpjlbUYIoM",
                "inv_16sNAPj34jCg7cHj5coKKKu2Rm6SyKcn4M"
            })
    void invocationId_ofTheOriginal_roundTripsThroughTextAndBytes(String text) {
        InvocationId id = InvocationId.parse(text);

        assertThat(id).hasToString(text);
        assertThat(InvocationId.fromBytes(id.toBytes())).isEqualTo(id);
    }

    @Test
    void deterministic_workflowRun_hasTheUuidOfTheOriginal() {
        InvocationId original = InvocationId.parse("inv_1dceKvwtEc2n7J63l3hLhjFNDIoBiwWokv");
        InvocationId ours = InvocationId.deterministic("MyWorkflow", "a", "run", null);

        assertThat(ours.uuidHigh()).isEqualTo(original.uuidHigh());
        assertThat(ours.uuidLow()).isEqualTo(original.uuidLow());
    }

    @Test
    void invocationId_random_roundTrips() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            InvocationId id = new InvocationId(random.nextLong(), random.nextLong(), random.nextLong());
            assertThat(InvocationId.parse(id.toString())).isEqualTo(id);
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
                "inv_1ZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZZ"
            })
    void invocationId_malformed_saysWhatWasExpected(String text) {
        assertThatThrownBy(() -> InvocationId.parse(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void deploymentId_ofTheOriginal_roundTrips() {
        assertThat(DeploymentId.parse("dp_14Zu4AkIkEe1EAyp0BIjv21")).hasToString("dp_14Zu4AkIkEe1EAyp0BIjv21");
    }

    @Test
    void awakeableId_roundTrips() {
        AwakeableId id = new AwakeableId(new InvocationId(1, 2, 3), 17);

        assertThat(AwakeableId.parse(id.toString())).isEqualTo(id);
        assertThatThrownBy(() -> AwakeableId.parse("sign_1abc")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> AwakeableId.parse("sign_1!")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void xxh64_publishedVectors_match() {
        assertThat(PartitionKey.of("")).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(PartitionKey.of("a")).isEqualTo(0xD24EC4F1A98C6E5BL);
        assertThat(PartitionKey.of("abc")).isEqualTo(0x44BC2CF5AD770999L);
        assertThat(PartitionKey.xxh64("Nobody inspects the spammish repetition".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(0xFBCEA83C8A378BF1L);
    }

    @Test
    void deterministic_sameRequest_sameId() {
        InvocationId first = InvocationId.deterministic("Greeter", null, "greet", "k1");

        assertThat(InvocationId.deterministic("Greeter", null, "greet", "k1")).isEqualTo(first);
        assertThat(InvocationId.deterministic("Greeter", null, "greet", "k2")).isNotEqualTo(first);
        assertThat(InvocationId.deterministic("Flow", "k1", "run", null)).isNotEqualTo(first);
    }
}
