package dev.reprise.engine.store.rocks;

import dev.reprise.engine.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's native library. A process that does not find it on {@code java.library.path} unpacks it into the folder for
 * temporary files at each start, and leaves it there when it is killed.
 */
public final class RocksLibrary {
    private RocksLibrary() {}

    /** Unpacks this machine's library into a folder that can then be named in {@code java.library.path}. */
    public static void unpack(Path folder) {
        String name = Environment.getJniLibraryFileName("rocksdb");
        try (InputStream library = RocksDB.class.getClassLoader().getResourceAsStream(name)) {
            if (library == null) {
                throw new StoreException("RocksDB's jar has no library " + name + " for this machine");
            }
            Files.copy(library, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StoreException("cannot unpack RocksDB's library into " + folder + ": " + e, e);
        }
    }
}
