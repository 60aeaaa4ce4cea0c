package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.engine.DataFolder;
import dev.reprise.engine.config.EngineConfig;
import dev.reprise.engine.partition.reads.PartitionReads;
import dev.reprise.engine.store.rocks.RocksStore;
import dev.reprise.engine.store.rocks.RocksStoreOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.ServiceDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When the changes that gather on the heap reach RocksDB. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatheredChangesTest {
    private static final Serde<String> TEXT = SerdeFactory.json().create(String.class);
    private static final EngineConfig ONE_PARTITION =
            EngineConfig.builder().partitions(1).build();
    /** A delayed invocation makes three rows at least. */
    private static final int MORE_THAN_GATHER = 4_000;

    @TempDir
    private Path folder;

    private Reprise start() {
        return Reprise.embedded()
                .folder(folder)
                .config(ONE_PARTITION)
                .bind(ServiceDefinition.service("Later")
                        .handler("echo", String.class, String.class, (_, text) -> text)
                        .build())
                .start();
    }

    private static void sendForLater(Reprise reprise, int count) {
        SendOptions later = SendOptions.delay(Duration.ofDays(1));
        List<CompletableFuture<SentInvocation<String>>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(reprise.client().sendAsync(Target.service("Later", "echo"), TEXT, "x", TEXT, later));
        }
        sent.forEach(CompletableFuture::join);
    }

    private static int invocations(PartitionReads reads) {
        List<Object> found = new ArrayList<>();
        reads.forEachInvocation(found::add);
        return found.size();
    }

    @Test
    void fewChanges_areReadBehindACommit() {
        try (Reprise reprise = start()) {
            sendForLater(reprise, 2);
            assertThat(invocations(reprise.engine().views().reads().getFirst())).isZero();
            reprise.engine().commit();
            assertThat(invocations(reprise.engine().views().reads().getFirst())).isEqualTo(2);
        }
    }

    @Test
    void manyChanges_areCommittedUnasked() {
        try (Reprise reprise = start()) {
            sendForLater(reprise, MORE_THAN_GATHER);
            assertThat(invocations(reprise.engine().views().reads().getFirst())).isPositive();
        }
    }

    @Test
    void changes_areInTheStoreWhenTheEngineHasClosed() {
        try (Reprise reprise = start()) {
            sendForLater(reprise, 2);
        }
        DataFolder data = DataFolder.open(folder, 1);
        try (RocksStore store = RocksStore.open(data.store(), RocksStoreOptions.DEFAULT, data.identity())) {
            assertThat(invocations(PartitionReads.of(store.partition(0)))).isEqualTo(2);
        }
    }
}
