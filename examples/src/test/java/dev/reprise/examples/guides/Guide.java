package dev.reprise.examples.guides;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One of the guides in {@code docs}. */
record Guide(String name, String text) {
    private static final Path FOLDER = Path.of("..", "docs");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    static Guide named(String name) {
        return new Guide(name, read(FOLDER.resolve(name)));
    }

    /** All of them, in the order of their names. */
    static List<Guide> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md"))
                    .sorted()
                    .map(Guide::named)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the guides in " + FOLDER, e);
        }
    }

    /** Its blocks of Java, in order. */
    List<String> javaBlocks() {
        return JAVA.matcher(text)
                .results()
                .map(block -> comparable(block.group(1)))
                .toList();
    }

    /** Without white space: how lines are broken is the formatter's. */
    static String comparable(String code) {
        return code.replaceAll("\\s", "");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
