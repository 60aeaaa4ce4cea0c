package dev.reprise.server.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files of the web page, as built by the module {@code ui}. Immutable.
 *
 * <p>Everything but the page itself is in a folder that is named by the hash of all files, so that browsers may keep
 * these files forever.
 *
 * @param version that hash
 * @param page the page, with the mark {@link #BASE_MARK} where it says what its links are relative to
 * @param assets all other files by their path, such as {@code assets/0123456789abcdef/app.js}
 */
record UiFiles(String version, String page, Map<String, UiFiles.File> assets) {
    /** Where the page's files are on the class path. */
    static final String FOLDER = "META-INF/reprise-ui/";

    static final String BASE_MARK = "{base}";

    private static final String ASSETS = "assets/";

    private static final Map<String, String> TYPES = Map.of(
            "css", "text/css; charset=utf-8",
            "html", "text/html; charset=utf-8",
            "md", "text/markdown; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    /**
     * A file.
     *
     * @param gzip the content compressed; null if that is not smaller
     */
    record File(String type, byte[] content, byte @Nullable [] gzip) {}

    UiFiles {
        assets = Map.copyOf(assets);
    }

    /**
     * Reads the files that the build has listed.
     *
     * @return empty if the page is not on the class path
     */
    static Optional<UiFiles> load(ClassLoader loader) {
        byte[] list = read(loader, "files.txt");
        byte[] page = read(loader, "index.html");
        if (list == null || page == null) {
            return Optional.empty();
        }
        Map<String, File> assets = new HashMap<>();
        String version = "";
        for (String path : new String(list, StandardCharsets.UTF_8).lines().toList()) {
            byte[] content = read(loader, path);
            if (content == null) {
                throw new IllegalStateException("Expected " + FOLDER + path
                        + " on the class path, as files.txt says; it is" + " missing. Build the module ui anew.");
            }
            assets.put(path, new File(type(path), content, read(loader, path + ".gz")));
            version = path.substring(ASSETS.length(), path.indexOf('/', ASSETS.length()));
        }
        return Optional.of(new UiFiles(version, new String(page, StandardCharsets.UTF_8), assets));
    }

    private static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
    }

    private static byte @Nullable [] read(ClassLoader loader, String path) {
        try (InputStream in = loader.getResourceAsStream(FOLDER + path)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FOLDER + path + " of the class path", e);
        }
    }
}
