package dev.reprise.server.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.reprise.engine.registry.RegistryStore;
import dev.reprise.protocol.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps what is registered in one JSON file.
 *
 * <p>A save writes a second file, forces it, and renames it over the first, so that a crash leaves one state or the
 * other. The document names its format; a newer one is refused and left as it is.
 */
public final class FileRegistryStore implements RegistryStore {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

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
            JsonNode document = JSON.readTree(Files.readAllBytes(file));
            int format = document.path("format").asInt();
            if (format != RegistryDocument.FORMAT) {
                throw new RegistryException("Expected format " + RegistryDocument.FORMAT + " in " + file + ", found "
                        + (format == 0 ? "none" : format) + ". Start the version that wrote it, or a newer one.");
            }
            return Optional.of(
                    JSON.treeToValue(document, RegistryDocument.class).state());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException | ProtocolException e) {
            throw new RegistryException(
                    "Expected the registered deployments in " + file + ", found something else: " + e.getMessage()
                            + ". Restore it, or move it away and register the deployments again.",
                    e);
        } catch (IOException e) {
            throw new RegistryException("Cannot read " + file + ": " + e, e);
        }
    }

    @Override
    public void save(State state) {
        try {
            write(JSON.writeValueAsBytes(RegistryDocument.of(state)));
        } catch (IOException e) {
            throw new RegistryException("Cannot write " + file + ": " + e + ". Nothing was changed.", e);
        }
    }

    private void write(byte[] document) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(document);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
