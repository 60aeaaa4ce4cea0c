package dev.reprise.engine.store.rocks;

import dev.reprise.engine.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file {@code FORMAT} in the store's folder, which says what the folder is and how its rows are to be read. */
final class StoreFormat {
    private static final String FORMAT = "reprise store ";
    private static final int VERSION = 1;

    private StoreFormat() {}

    /** Checks the folder's version; writes it if the folder holds no store. */
    static void check(Path folder) throws IOException {
        Path file = folder.resolve("FORMAT");
        if (!Files.exists(file)) {
            if (Files.exists(folder.resolve("CURRENT"))) {
                throw new StoreException("the store in " + folder + " has no file FORMAT that says its version, but it "
                        + "has data. Restore the folder from a whole copy.");
            }
            write(folder, file);
        }
        String found = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        if (!found.matches(FORMAT + "\\d{1,9}")) {
            throw new StoreException("the store's format file " + file + " should say '" + FORMAT + VERSION
                    + "', it says '" + found + "'. Is this the store's folder? If so, restore it from a copy.");
        }
        int version = Integer.parseInt(found.substring(FORMAT.length()));
        if (version != VERSION) {
            throw new StoreException(
                    "the store in " + folder + " has version " + version + ", this program reads version " + VERSION
                            + ". Open it with the program that wrote it, or a newer one.");
        }
    }

    /** Writes the file whole or not at all. */
    private static void write(Path folder, Path file) throws IOException {
        Path draft = folder.resolve("FORMAT.new");
        Files.writeString(draft, FORMAT + VERSION + '\n');
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
