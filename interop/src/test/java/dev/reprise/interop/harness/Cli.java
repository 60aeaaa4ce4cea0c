package dev.reprise.interop.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The official command line, run as a user would. Every run has a home folder of its own, so that no configuration is
 * shared.
 */
public final class Cli {
    private static final Pattern BLANKS = Pattern.compile("[\\s―│]+");
    private static final Pattern ANSI = Pattern.compile("\\u001b\\[[0-9;?]*[A-Za-z]");
    private static final Pattern VOLATILE =
            Pattern.compile("\\([^()]*(second|ms|minute|ago|PT)[^()]*\\)|\\d+(\\.\\d+)?[µm]?s\\b"
                    + "|\\w{3} \\d+ \\w{3} \\d{4} [\\d:]+ \\+00:00|http://\\S+|\\S*/runs/\\S+");
    private static final Pattern GIVEN_KEY = Pattern.compile("Idempotency key: [0-9A-HJKMNP-TV-Z]{26}\\b");
    private static final String EDITOR = "#!/bin/sh\nexec sed -i s/before/after/ \"$@\"\n";

    private Cli() {}

    /** What a run printed, and how it ended. */
    public record Output(int exitCode, String text) {

        /** Fails unless it ended well and printed this. */
        public Output expect(String part) {
            assertThat(text).contains(part);
            assertThat(exitCode).as(text).isZero();
            return this;
        }

        /**
         * What must be the same for every server: the lines without times, addresses and layout, in an order of their
         * own.
         */
        List<String> steadyLines() {
            return ANSI.matcher(text)
                    .replaceAll("")
                    .lines()
                    .map(line -> BLANKS.matcher(VOLATILE.matcher(line).replaceAll("<volatile>"))
                            .replaceAll(" "))
                    .filter(line -> !line.isBlank() && !GIVEN_KEY.matcher(line).find())
                    .sorted()
                    .toList();
        }
    }

    /** Runs the CLI against this server. */
    public static Output run(Server server, String... arguments) {
        Path home = Folders.fresh("cli");
        List<String> command =
                new ArrayList<>(List.of(NodeModules.originalCli().toString(), "--yes", "--time-format", "iso8601"));
        command.addAll(List.of(arguments));
        Map<String, String> variables = Map.of(
                "HOME", home.toString(),
                "RESTATE_ADMIN_URL", server.admin().toString(),
                "RESTATE_INGRESS_URL", server.ingress().toString(),
                "NO_COLOR", "1",
                "DO_NOT_TRACK", "1",
                "COLUMNS", "240",
                "EDITOR", editorIn(home));
        Child child = Child.start(command, variables, home, home.resolve("cli.log"));
        return new Output(child.exitCode(), child.printed());
    }

    /** An editor that turns "before" into "after", for commands that open one. */
    private static String editorIn(Path home) {
        try {
            Path editor = Files.writeString(home.resolve("editor"), EDITOR);
            Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwxr-xr-x"));
            return editor.toString();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the editor for the CLI to " + home, e);
        }
    }
}
