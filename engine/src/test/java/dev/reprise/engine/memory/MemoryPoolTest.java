package dev.reprise.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MemoryPoolTest {
    private final MemoryPool pool = new MemoryPool(100);
    private final List<MemoryLease> granted = new ArrayList<>();

    @Test
    void reserve_moreThanIsLeft_isRefusedUntilSomeIsGivenBack() {
        MemoryLease first = pool.tryReserve(60).orElseThrow();
        assertThat(pool.tryReserve(41)).isEmpty();
        assertThat(pool.tryReserve(40)).isPresent();
        assertThat(pool.usedBytes()).isEqualTo(100);

        first.close();
        first.close();

        assertThat(pool.usedBytes()).isEqualTo(40);
        assertThat(first.tryGrow(1)).as("a closed lease takes nothing").isFalse();
    }

    @Test
    void lease_growsAndShrinksWithinThePool() {
        MemoryLease lease = pool.tryReserve(10).orElseThrow();
        assertThat(lease.tryGrow(90)).isTrue();
        assertThat(lease.tryGrow(1)).isFalse();
        lease.shrinkTo(30);
        lease.shrinkTo(50);
        assertThat(lease.bytes()).isEqualTo(30);
        assertThat(pool.usedBytes()).isEqualTo(30);
    }

    @Test
    void waiting_isServedInOrder_andNobodyOvertakes() {
        MemoryLease all = pool.tryReserve(100).orElseThrow();
        pool.await(80, granted::add);
        pool.await(10, granted::add);
        all.shrinkTo(50);
        assertThat(granted).as("the first does not fit yet").isEmpty();
        assertThat(pool.tryReserve(1)).as("others wait").isEmpty();

        all.close();

        assertThat(granted).extracting(MemoryLease::bytes).containsExactly(80L, 10L);
        assertThat(pool.usedBytes()).isEqualTo(90);
    }

    @Test
    void waiting_cancelledByTheFirst_servesTheNext() {
        MemoryLease half = pool.tryReserve(50).orElseThrow();
        MemoryPool.Wait first = pool.await(80, granted::add);
        MemoryPool.Wait second = pool.await(10, granted::add);

        assertThat(first.cancel()).isTrue();

        assertThat(granted).extracting(MemoryLease::bytes).containsExactly(10L);
        assertThat(second.cancel()).as("it has what it waited for").isFalse();
        half.close();
        assertThat(pool.usedBytes()).isEqualTo(10);
    }

    @Test
    void waiting_forMoreThanThereIs_isRefused() throws InterruptedException {
        assertThat(pool.reserve(101, Duration.ofMinutes(1))).isEmpty();
        assertThatThrownBy(() -> pool.await(101, granted::add)).hasMessageContaining("the pool has 100 in all");
    }

    @Test
    void reserve_inTime_orNot() throws InterruptedException {
        MemoryLease all = pool.tryReserve(100).orElseThrow();
        assertThat(pool.reserve(1, Duration.ofMillis(1))).isEmpty();
        assertThat(pool.waiting()).isZero();

        CompletableFuture<Optional<MemoryLease>> later = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                later.complete(pool.reserve(1, Duration.ofMinutes(1)));
            } catch (InterruptedException e) {
                later.completeExceptionally(e);
            }
        });
        while (pool.waiting() == 0) {
            Thread.onSpinWait();
        }
        all.close();
        assertThat(later.join()).isPresent();
    }

    @Test
    void absorbed_belongsToTheOther_evenToAClosedOne() {
        MemoryLease lease = pool.tryReserve(10).orElseThrow();
        lease.absorb(pool.tryReserve(20).orElseThrow());
        assertThat(lease.bytes()).isEqualTo(30);
        lease.close();
        lease.absorb(pool.tryReserve(20).orElseThrow());
        assertThat(pool.usedBytes()).isZero();
    }

    @Test
    void manyThreads_neverMoreThanThereIs_andAllIsGivenBack() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofVirtual().start(this::reserveOftenAndGiveBack));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(pool.usedBytes()).isZero();
        assertThat(pool.waiting()).isZero();
    }

    private void reserveOftenAndGiveBack() {
        for (int i = 0; i < 2_000; i++) {
            try (MemoryLease lease = pool.reserve(ThreadLocalRandom.current().nextLong(1, 101), Duration.ofMinutes(1))
                    .orElseThrow()) {
                assertThat(pool.usedBytes()).isBetween(lease.bytes(), 100L);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
