package dev.reprise.engine.store.rocks;

import dev.reprise.engine.disk.PrivateFiles;
import dev.reprise.engine.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The file {@code FORMAT} in the store's folder, which says what the folder is and how to read its rows. */
final class StoreFormat {
    private static final String FORMAT = "reprise store ";
    private static final String OF = "of ";
    private static final int VERSION = 1;

    private StoreFormat() {}

    /** Checks the folder's version and identity; writes both if the folder has no store. */
    static void check(Path folder, String identity) throws IOException {
        String mine = FORMAT + VERSION + '\n' + (identity.isEmpty() ? "" : OF + identity + '\n');
        Path file = folder.resolve("FORMAT");
        if (!Files.exists(file)) {
            if (Files.exists(folder.resolve("CURRENT"))) {
                throw new StoreException("the store in " + folder + " has no file FORMAT that says its version, but it "
                        + "has data. Restore the folder from a whole copy.");
            }
            write(folder, file, mine);
        }
        String found = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip();
        String version = found.lines().findFirst().orElse("");
        if (!version.matches(FORMAT + "\\d{1,9}")) {
            throw new StoreException("the store's format file " + file + " should say '" + FORMAT + VERSION
                    + "', it says '" + found + "'. Is this the store's folder? If so, restore it from a copy.");
        }
        int number = Integer.parseInt(version.substring(FORMAT.length()));
        if (number != VERSION) {
            throw new StoreException(
                    "the store in " + folder + " has version " + number + ", this program reads version " + VERSION
                            + ". Open it with the program that wrote it, or a newer one.");
        }
        if (!found.equals(mine.strip())) {
            throw new StoreException("the store in " + folder + " is not this folder's: its file FORMAT should say '"
                    + mine.strip().replace('\n', ' ') + "', it says '" + found.replace('\n', ' ')
                    + "'. Put the folder's own store back.");
        }
    }

    /** Writes the file whole or not at all. */
    private static void write(Path folder, Path file, String text) throws IOException {
        Path draft = folder.resolve("FORMAT.new");
        try (FileChannel channel = PrivateFiles.openToWrite(draft)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
