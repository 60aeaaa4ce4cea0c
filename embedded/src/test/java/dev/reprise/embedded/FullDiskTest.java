package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.StateKey;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.client.ClientException;
import dev.reprise.sdk.serde.Serde;
import dev.reprise.sdk.serde.SerdeFactory;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An engine whose disk is full for a while: a real one, that is filled and freed. */
@Timeout(120)
@Tag("slow")
class FullDiskTest {
    private static final Serde<String> TEXT = SerdeFactory.json().create(String.class);
    private static final StateKey<String> STATE = StateKey.of("text", String.class);
    private static final int DISK_MEBIBYTES = 220;
    private static final String LARGE = "x".repeat(1_000_000);
    private static final int CALLS_MAX = 400;
    /** Room in which the store has hope, and finds each time that it does not suffice. */
    private static final int HARDLY_ANY = 4 << 20;

    private static final Duration STAYS_FULL = Duration.ofSeconds(Integer.getInteger("reprise.full-seconds", 8));

    @TempDir
    private Path folder;

    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();
    private final List<String> accepted = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private SmallDisk disk;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEBIBYTES);
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        if (disk != null) {
            disk.close();
        }
    }

    private Reprise start(long freeBytesMin) {
        ServiceDefinition service = ServiceDefinition.object("Keeper")
                .handler("keep", TEXT, TEXT, (ctx, text) -> {
                    runs.computeIfAbsent(ctx.key(), _ -> new AtomicInteger()).incrementAndGet();
                    ctx.set(STATE, text);
                    return "kept";
                })
                .handler(
                        "length",
                        TEXT,
                        TEXT,
                        (ctx, _) -> "" + ctx.get(STATE).orElse("").length())
                .build();
        return Reprise.embedded()
                .folder(disk.folder())
                .freeBytesMin(freeBytesMin)
                .bind(service)
                .start();
    }

    private static CompletableFuture<String> call(Reprise reprise, String key, String handler, String text) {
        return reprise.client().callAsync(Target.object("Keeper", key, handler), TEXT, text, TEXT, CallOptions.NONE);
    }

    private static boolean isRefused(CompletableFuture<String> answer) {
        return answer.isCompletedExceptionally()
                && answer.exceptionNow() instanceof ClientException refusal
                && refusal.code() == 503
                && refusal.getMessage().contains("Nothing was accepted");
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void disk_full_everythingWaitsAndGoesOnByItselfOnceThereIsRoom()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (Reprise reprise = start(0)) {
            assertThat(call(reprise, "first", "keep", "small").get()).isEqualTo("kept");
            disk.fill(0);
            Map<String, CompletableFuture<String>> calls = new LinkedHashMap<>();
            // The store may find room for a moment and lose it again: what is not refused meanwhile is accepted, and
            // waits.
            for (int i = 0; i < CALLS_MAX && refused.isEmpty(); i++) {
                String key = "key" + i;
                CompletableFuture<String> answer = call(reprise, key, "keep", LARGE);
                if (isRefused(answer)) {
                    refused.add(key);
                } else {
                    calls.put(key, answer);
                }
                await(() -> answer.isDone() || !reprise.engine().health().isWell());
            }
            assertThat(refused).as("refused for want of room").isNotEmpty();
            assertThat(reprise.engine().health().stopped()).isEmpty();

            disk.free();
            for (CompletableFuture<String> answer : calls.values()) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("kept");
            }
            await(() -> reprise.engine().health().isWell());
            assertThat(call(reprise, "last", "keep", "small").get()).isEqualTo("kept");
            accepted.addAll(calls.keySet());
            assertThat(reprise.engine().stoppedPartitions()).isZero();
        }
        assertThat(runs.values()).allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(runs.keySet()).doesNotContainAnyElementsOf(refused);
        try (Reprise again = start(0)) {
            for (String key : accepted) {
                assertThat(call(again, key, "length", "").get()).isEqualTo("" + LARGE.length());
            }
            for (String key : refused) {
                assertThat(call(again, key, "length", "").get()).isEqualTo("0");
            }
        }
    }

    /** RocksDB takes writes again whenever it has hope, so that a write it took is no sign of room. */
    @Test
    void disk_staysFull_healthSaysSoAllTheTime() throws IOException, ExecutionException, InterruptedException {
        try (Reprise reprise = start(0)) {
            assertThat(call(reprise, "first", "keep", "small").get()).isEqualTo("kept");
            disk.fill(HARDLY_ANY);
            for (int i = 0; i < CALLS_MAX && reprise.engine().health().isWell(); i++) {
                CompletableFuture<String> answer = call(reprise, "key" + i, "keep", LARGE);
                await(() -> answer.isDone() || !reprise.engine().health().isWell());
            }
            long begin = System.nanoTime();
            List<String> well = new ArrayList<>();
            boolean wasWell = false;
            while (System.nanoTime() - begin < STAYS_FULL.toNanos()) {
                boolean isWell = reprise.engine().health().isWell();
                if (isWell != wasWell) {
                    well.add(isWell + " after " + Duration.ofNanos(System.nanoTime() - begin) + ", free "
                            + disk.freeBytes());
                }
                wasWell = isWell;
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(well).isEmpty();
            disk.free();
            await(() -> reprise.engine().health().isWell());
            assertThat(call(reprise, "last", "keep", "small").get()).isEqualTo("kept");
        }
    }

    @Test
    void disk_nearlyFull_newInvocationsAreRefusedAndOthersGoOn()
            throws IOException, ExecutionException, InterruptedException {
        try (Reprise reprise = start(32 << 20)) {
            assertThat(call(reprise, "one", "keep", "small").get()).isEqualTo("kept");
            disk.fill(31 << 20);
            await(() -> reprise.engine().health().refusing().isPresent());
            assertThat(reprise.engine().health().isWell()).isTrue();
            assertThatThrownBy(() -> call(reprise, "two", "keep", "small").get())
                    .cause()
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(503))
                    .hasMessageContainingAll("Nothing was accepted", "at least 33554432 are kept", "make room");
            disk.free();
            await(() -> reprise.engine().health().refusing().isEmpty());
            assertThat(call(reprise, "two", "length", "").get()).isEqualTo("0");
        }
    }
}
