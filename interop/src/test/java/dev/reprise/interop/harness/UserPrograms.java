package dev.reprise.interop.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/**
 * Programs of one source file as a user of an official SDK writes them, each started as a process in a folder of its
 * own.
 */
public final class UserPrograms {
    private UserPrograms() {}

    /** Starts a JavaScript module that finds the npm packages of the tests. */
    public static Child javaScript(String name, String source, String... arguments) {
        Path folder = Folders.fresh("javascript");
        write(folder.resolve(name), source);
        try {
            Files.createSymbolicLink(
                    folder.resolve("node_modules"), NodeModules.folder().resolve("node_modules"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot link the npm packages into " + folder, e);
        }
        return start(List.of(NodeModules.node().toString(), name), arguments, Map.of(), folder);
    }

    /** Starts a JavaScript module of {@code src/test/typescript}. */
    static Child ofTests(String name, String... arguments) {
        String module = NodeModules.folder().resolve(name).toString();
        return start(List.of(NodeModules.node().toString(), module), arguments, Map.of(), Folders.fresh("javascript"));
    }

    /**
     * Compiles a class with the annotation processors of this module's class path, as Maven would, and starts its main
     * method.
     */
    public static Child java(String name, String source, Map<String, String> environment, String... arguments) {
        Path folder = Folders.fresh("java");
        Path file = write(folder.resolve(name + ".java"), source);
        String classPath = JavaProcesses.testClassPath();
        String[] options = {
            "-proc:full", "-parameters", "-processorpath", classPath, "-cp", classPath, "-d", folder.toString()
        };
        compile(file, options);
        return start(
                List.of(
                        JavaProcesses.java(),
                        JavaProcesses.SHORT_LIVED,
                        "-Xmx256m",
                        "-cp",
                        folder + ":" + classPath,
                        name),
                arguments,
                environment,
                folder);
    }

    private static void compile(Path file, String... options) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        List<String> call = new ArrayList<>(List.of(options));
        call.add(file.toString());
        int status = ToolProvider.getSystemJavaCompiler().run(null, report, report, call.toArray(String[]::new));
        if (status != 0) {
            throw new AssertionError(file + " does not compile: " + report.toString(StandardCharsets.UTF_8));
        }
    }

    private static Child start(List<String> program, String[] arguments, Map<String, String> environment, Path folder) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        return Child.start(command, environment, folder, folder.resolve("printed.log"));
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
