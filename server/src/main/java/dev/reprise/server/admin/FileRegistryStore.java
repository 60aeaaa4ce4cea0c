package dev.reprise.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.engine.disk.PrivateFiles;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.protocol.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * Keeps the registry in one JSON file.
 *
 * <p>A save writes a second file, forces it to disk, and renames it over the first, so that a crash leaves either the
 * old state or the new one. The document names its format; a newer format is refused and left as it is.
 */
public final class FileRegistryStore implements RegistryStore {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private static final Pattern CHECKSUM = Pattern.compile("\"checksum\" : \"(?<hex>[0-9a-f]{8})\"");

    private final Path file;

    /**
     * A store in a file that need not exist yet.
     *
     * @param file in a folder that exists and that nobody else writes to
     */
    public FileRegistryStore(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public Optional<State> load() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            JsonNode document = JSON.readTree(bytes);
            int format = document.path("format").asInt();
            if (format != RegistryDocument.FORMAT) {
                throw new RegistryException("Expected format " + RegistryDocument.FORMAT + " in " + file + ", found "
                        + (format == 0 ? "none" : format) + ". Start the version that wrote it, or a newer one.");
            }
            requireUnchanged(bytes);
            return Optional.of(
                    JSON.treeToValue(document, RegistryDocument.class).state());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException | ProtocolException e) {
            throw new RegistryException(
                    "Expected the registered deployments in " + file + ", found something else: " + e.getMessage()
                            + ". Restore it from a copy, or move it away, start with --accept-loss and register the deployments again.",
                    e);
        } catch (IOException e) {
            throw new RegistryException("Cannot read " + file + ": " + e, e);
        }
    }

    @Override
    public void save(State state) {
        try {
            write(sealed(JSON.writeValueAsBytes(RegistryDocument.of(state))));
        } catch (IOException e) {
            throw new RegistryException("Cannot write " + file + ": " + e + ". Nothing was changed.", e);
        }
    }

    /** The checksum of the document with zeros in the checksum's place. */
    private static byte[] sealed(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        return text.replaceFirst(RegistryDocument.NO_CHECKSUM, checksum(document))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(byte[] document) {
        CRC32C crc = new CRC32C();
        crc.update(document);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private void requireUnchanged(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Matcher found = CHECKSUM.matcher(text);
        boolean unchanged = found.find()
                && checksum((text.substring(0, found.start("hex"))
                                        + RegistryDocument.NO_CHECKSUM
                                        + text.substring(found.end("hex")))
                                .getBytes(StandardCharsets.UTF_8))
                        .equals(found.group("hex"));
        if (!unchanged) {
            throw new RegistryException(
                    "Expected the registered deployments in " + file + " as they were written, found them "
                            + "changed: their checksum is not that of the file. Restore it from a copy, or move it away, start with "
                            + "--accept-loss and register the deployments again.");
        }
    }

    private void write(byte[] document) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = PrivateFiles.openToWrite(next)) {
            ByteBuffer bytes = ByteBuffer.wrap(document);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.getParent())) {
            folder.force(true);
        }
    }
}
