package dev.reprise.engine.storage;

import dev.reprise.engine.DataFolder;
import dev.reprise.engine.DataFolderException;
import dev.reprise.engine.log.file.Evidence;
import dev.reprise.engine.log.file.FileLog;
import dev.reprise.engine.log.file.FileLogOptions;
import dev.reprise.engine.log.file.ForceListener;
import dev.reprise.engine.partition.machine.PartitionTables;
import dev.reprise.engine.store.rocks.RocksStore;
import dev.reprise.engine.store.rocks.RocksStoreOptions;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log and the store of a {@link DataFolder}, opened together, because each is evidence of what the other must hold.
 */
public record Storage(FileLog log, RocksStore store) {
    private static final Logger logger = LoggerFactory.getLogger(Storage.class);

    /**
     * Opens both, and creates whatever a new folder lacks.
     *
     * @param acceptsLoss whether to continue without the lost part of a log
     * @throws DataFolderException when the parts are not of one folder, or one is missing
     * @throws dev.reprise.engine.log.LogException when the log is in use, damaged, or older than the store
     * @throws dev.reprise.engine.store.StoreException when the store is in use or damaged
     */
    public static Storage open(DataFolder folder, FileLogOptions options, boolean acceptsLoss, ForceListener forces) {
        boolean hasLog = Files.exists(folder.log());
        RocksStore store = RocksStore.open(folder.store(), RocksStoreOptions.DEFAULT, folder.identity());
        try {
            int found = store.partitionsEnd();
            if (found > folder.partitions()) {
                throw new DataFolderException("the store in " + folder.store().toAbsolutePath() + " has " + found
                        + " partitions, its folder is said to have " + folder.partitions()
                        + ". Restore the whole folder from one copy.");
            }
            if (found > 0 && !hasLog) {
                requireAccepted(folder, acceptsLoss);
            }
            Evidence evidence = new Evidence(appliedLsn(store, found), acceptsLoss);
            return new Storage(
                    FileLog.open(folder.log(), options.withIdentity(folder.identity()), evidence, forces), store);
        } catch (RuntimeException e) {
            try {
                store.close();
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static void requireAccepted(DataFolder folder, boolean acceptsLoss) {
        String what = "the folder " + folder.path().toAbsolutePath() + " has a store but no log";
        if (!acceptsLoss) {
            throw new DataFolderException(
                    what + ". Restore the whole folder from a copy, or accept the loss of what the "
                            + "store has not applied (--accept-loss, or acceptLoss() when embedded).");
        }
        logger.warn("{}; what the store has not applied is lost", what);
    }

    private static long appliedLsn(RocksStore store, int partitions) {
        long applied = 0;
        for (int partition = 0; partition < partitions; partition++) {
            applied = Math.max(applied, new PartitionTables(store.partition(partition)).appliedLsn());
        }
        return applied;
    }
}
