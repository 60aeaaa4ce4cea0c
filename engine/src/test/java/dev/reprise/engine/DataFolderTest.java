package dev.reprise.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.partition.StoredFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path root;

    @Test
    void partitions_areThoseTheFolderWasMadeWith() {
        Path path = root.resolve("new/folder");
        assertThat(DataFolder.open(path).partitions(4)).isEqualTo(4);
        assertThat(DataFolder.open(path).partitions(24)).isEqualTo(4);
    }

    @Test
    void partitions_fileEmptyAfterACrash_isWrittenAnew() throws IOException {
        Files.createFile(root.resolve("partitions"));
        assertThat(DataFolder.open(root).partitions(4)).isEqualTo(4);
        assertThat(root.resolve("partitions")).content().isEqualTo("4\n");
    }

    @Test
    void partitions_fileDamaged_isNamed() throws IOException {
        Files.writeString(root.resolve("partitions"), "many");
        DataFolder folder = DataFolder.open(root);
        assertThatThrownBy(() -> folder.partitions(4))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining("must hold the number of partitions, it holds 'many'")
                .hasMessageContaining(root.resolve("partitions").toString());
    }

    @Test
    void folder_ofAnotherVersion_isRefused() throws IOException {
        Files.writeString(root.resolve("FORMAT"), "reprise data 99\n");
        assertThatThrownBy(() -> DataFolder.open(root))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining("holds 'reprise data 99', this version reads and writes 'reprise data "
                        + StoredFormat.VERSION + "'")
                .hasMessageContaining(root.toString());
    }

    @Test
    void folder_thatIsAFile_isRefused() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        assertThatThrownBy(() -> DataFolder.open(file))
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining("cannot use the data folder " + file);
    }
}
