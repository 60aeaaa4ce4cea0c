package dev.reprise.benchmarks.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Module {@code peers}: what others' libraries are needed for. It is built when it is first asked for. */
public final class PeerModule {
    private final Path root;

    /** The module of the project in this folder. */
    public PeerModule(Path root) {
        this.root = root;
    }

    /** The class path of its programs. */
    public String classPath() throws InterruptedException {
        Path target = root.resolve("peers/target");
        try {
            Files.createDirectories(root.resolve(".reprise"));
            Child.run(
                    new Command(List.of(root.resolve("reprise").toString(), "build", "peers"), Map.of()),
                    root,
                    root.resolve(".reprise/bench-build-peers.log"));
            return target.resolve("classes") + ":"
                    + Files.readString(target.resolve("classpath.txt")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what the build of module peers left in " + target, e);
        }
    }
}
