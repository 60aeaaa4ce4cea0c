import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Puts the page together: {@code java Assemble.java <sources> <libraries> <documents> <output>}. There is no bundler:
 * modules are left as they are, but for the names of libraries, which become paths, since an import map would have to
 * be written into the
 * page. All files lie in one folder that has the hash of everything for its name, each with a compressed copy beside
 * it.
 */
final class Assemble {
    /** What is taken of the libraries, by the name that modules import it by. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "preact", "webjars/preact/[^/]+/dist/preact.module.js",
            "preact/hooks", "webjars/preact/[^/]+/hooks/dist/hooks.module.js",
            "htm", "_static/htm/[^/]+/dist/htm.module.js",
            "uplot", "webjars/uplot/[^/]+/dist/uPlot.esm.js");

    private static final Map<String, String> OTHERS = Map.of(
            "lib/uplot.css", "webjars/uplot/[^/]+/dist/uPlot.min.css",
            "licences/preact.txt", "webjars/preact/[^/]+/LICENSE",
            "licences/htm.txt", "_static/htm/[^/]+/LICENSE",
            "licences/uplot.txt", "webjars/uplot/[^/]+/LICENSE");

    private static final Pattern IMPORT =
            Pattern.compile("(\\bfrom\\s*|\\bimport\\s*\\(\\s*|\\bimport\\s*)([\"'])([^\"'./][^\"']*)\\2");
    private static final Pattern STATIC_IMPORT = Pattern.compile("(?:\\bfrom\\s*|\\bimport\\s*)([\"'])(\\.[^\"']*)\\1");

    private final Map<String, byte[]> files = new TreeMap<>();

    public static void main(String[] args) throws IOException {
        Assemble assemble = new Assemble();
        assemble.readSources(Path.of(args[0]));
        assemble.readLibraries(Path.of(args[1]));
        assemble.files.put("help/errors.md", Files.readAllBytes(Path.of(args[2], "errors.md")));
        assemble.write(Path.of(args[3]));
    }

    private void readSources(Path folder) throws IOException {
        for (Path file : below(folder)) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            byte[] content = Files.readAllBytes(file);
            files.put(name, name.endsWith(".js") ? imports(name, text(content)) : content);
        }
    }

    private void readLibraries(Path folder) throws IOException {
        List<Path> there = below(folder);
        for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
            String name = path(library.getKey());
            String code = text(Files.readAllBytes(find(there, library.getValue())));
            files.put(name, imports(name, code.replaceAll("(?m)^//# sourceMappingURL=.*$", "")));
        }
        for (Map.Entry<String, String> other : OTHERS.entrySet()) {
            files.put(other.getKey(), Files.readAllBytes(find(there, other.getValue())));
        }
    }

    private static Path find(List<Path> files, String pattern) {
        return files.stream()
                .filter(file -> file.toString().replace('\\', '/').matches(".*/" + pattern))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no library has a file " + pattern));
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Where the library of a name is put. */
    private static String path(String library) {
        return "lib/" + library.replace('/', '-') + ".js";
    }

    /** The module with paths in the place of names. */
    private static byte[] imports(String name, String code) {
        String up = "../".repeat((int) name.chars().filter(c -> c == '/').count());
        Matcher matcher = IMPORT.matcher(code);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String library = matcher.group(3);
            if (!LIBRARIES.containsKey(library)) {
                continue; // a text that looks like it
            }
            String path = (up.isEmpty() ? "./" : up) + path(library);
            matcher.appendReplacement(
                    result, Matcher.quoteReplacement(matcher.group(1) + matcher.group(2) + path + matcher.group(2)));
        }
        return matcher.appendTail(result).toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(Path output) throws IOException {
        String page = text(files.remove("index.html"));
        String folder = "assets/" + hash(page) + "/";
        String linked = page.replace("{assets}", folder).replace("{preloads}", preloads(folder));
        if (Files.exists(output)) {
            for (Path old : below(output)) {
                Files.delete(old);
            }
        }
        write(output.resolve("index.html"), linked.getBytes(StandardCharsets.UTF_8));
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String name = folder + file.getKey();
            names.add(name);
            write(output.resolve(name), file.getValue());
            byte[] compressed = gzip(file.getValue());
            if (compressed.length < file.getValue().length) {
                write(output.resolve(name + ".gz"), compressed);
            }
        }
        write(output.resolve("files.txt"), (String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** So that a browser need not read a module to know which it needs next. */
    private String preloads(String folder) {
        Set<String> needed = new TreeSet<>();
        follow("app.js", needed);
        needed.remove("app.js");
        StringBuilder links = new StringBuilder();
        needed.forEach(name ->
                links.append("<link rel=\"modulepreload\" href=\"").append(folder).append(name).append("\">\n"));
        return links.toString();
    }

    private void follow(String name, Set<String> seen) {
        byte[] code = files.get(name);
        if (code == null) {
            throw new IllegalStateException("a module imports " + name + ", which is not there");
        }
        if (seen.add(name)) {
            Matcher matcher = STATIC_IMPORT.matcher(text(code));
            while (matcher.find()) {
                follow(Path.of("/" + name).resolveSibling(matcher.group(2)).normalize().toString().substring(1), seen);
            }
        }
    }

    private String hash(String page) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(page.getBytes(StandardCharsets.UTF_8));
            files.forEach((name, content) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }
}
