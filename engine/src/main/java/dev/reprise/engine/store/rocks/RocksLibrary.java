package dev.reprise.engine.store.rocks;

import dev.reprise.engine.store.StoreException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * RocksDB's native library. A process that does not find it on {@code java.library.path} unpacks it at each start into
 * a folder for temporary files that nobody else may enter, because code is loaded from there.
 */
public final class RocksLibrary {
    private static final String NAME = Environment.getJniLibraryFileName("rocksdb");
    /** The file name that RocksDB looks for. */
    private static final String NAME_IN_FOLDER = Environment.getJniLibraryFileName("rocksdbjni");

    private RocksLibrary() {}

    /** Loads it, once. */
    static void load() {
        if (isOnPath() || RocksDB.class.getClassLoader().getResource(NAME) == null) {
            RocksDB.loadLibrary();
            return;
        }
        try {
            // Accessible to its owner only, whatever the umask is.
            Path folder = Files.createTempDirectory("reprise-rocksdb");
            Path library = folder.resolve(NAME_IN_FOLDER);
            try {
                unpack(folder);
                Files.move(folder.resolve(NAME), library);
                RocksDB.loadLibrary(List.of(folder.toString()));
            } finally {
                // A loaded library needs no name any more; where the system does not allow that, the name goes with the
                // process.
                if (!library.toFile().delete() || !folder.toFile().delete()) {
                    folder.toFile().deleteOnExit();
                    library.toFile().deleteOnExit();
                }
            }
        } catch (IOException e) {
            throw new StoreException(
                    "cannot make a folder for RocksDB's library below " + System.getProperty("java.io.tmpdir") + ": "
                            + e,
                    e);
        }
    }

    private static boolean isOnPath() {
        String path = System.getProperty("java.library.path", "");
        for (String folder : path.split(Pattern.quote(File.pathSeparator), -1)) {
            if (!folder.isEmpty() && Files.exists(Path.of(folder, NAME))) {
                return true;
            }
        }
        return false;
    }

    /** Unpacks this machine's library into a folder that can then be named in {@code java.library.path}. */
    public static void unpack(Path folder) {
        try (InputStream library = RocksDB.class.getClassLoader().getResourceAsStream(NAME)) {
            if (library == null) {
                throw new StoreException("RocksDB's jar has no library " + NAME + " for this machine");
            }
            Files.copy(library, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StoreException("cannot unpack RocksDB's library into " + folder + ": " + e, e);
        }
    }
}
