package dev.reprise.engine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Drives each partition on a thread of its own, and flushes on another one. */
final class PartitionThreads implements PartitionDriver {
    private final ExecutorService flusher = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("reprise-flusher").factory());

    @Override
    public Drive drive(int partition, Driven driven) {
        return new PartitionThread(partition, driven);
    }

    @Override
    public void flush(Runnable flush) {
        flusher.execute(flush);
    }

    @Override
    public void close() {
        flusher.close();
    }
}
