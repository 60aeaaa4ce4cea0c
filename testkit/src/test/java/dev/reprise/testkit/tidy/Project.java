package dev.reprise.testkit.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The files of this project, as they lie on disk.
 *
 * @param root its folder
 */
record Project(Path root) {
    private static final Set<String> SKIPPED = Set.of("target", ".git", ".reprise", "node_modules", "dist");

    /** The project this test is part of. */
    static Project find() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException(
                    "no folder with .mvn above " + Path.of("").toAbsolutePath());
        }
        return new Project(folder);
    }

    /** Every Java file of every module. */
    List<Source> sources() {
        return parse(files(".java"));
    }

    /** Every file whose name ends so, in order. */
    List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> !isSkipped(root.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSkipped(Path file) {
        for (Path part : file) {
            if (SKIPPED.contains(part.toString())) {
                return true;
            }
        }
        return false;
    }

    /** A file's name from the project's folder, with slashes. */
    String name(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Source> parse(List<Path> files) {
        return parseTexts(files.stream()
                .map(file -> new SourceText(name(file), read(file)))
                .toList());
    }

    /** One file that exists in a test only. */
    static Source parse(String path, String text) {
        return parseTexts(List.of(new SourceText(path, text))).getFirst();
    }

    private static List<Source> parseTexts(List<SourceText> texts) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, texts);
        try {
            List<Source> sources = new ArrayList<>();
            DocTrees trees = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                JavaFileObject file = unit.getSourceFile();
                String path = file.toUri().getPath().substring(1);
                sources.add(new Source(path, file.getCharContent(true).toString(), unit, trees));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as the compiler wants it. */
    private static final class SourceText extends SimpleJavaFileObject {
        private final String text;

        SourceText(String path, String text) {
            super(URI.create("file:///" + path), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
