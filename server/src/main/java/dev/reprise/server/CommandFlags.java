package dev.reprise.server;

import dev.reprise.server.config.ConfigFlag;
import dev.reprise.server.config.ConfigLoader;
import dev.reprise.server.config.LoadedConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of the command line as they were given. */
final class CommandFlags {
    private static final String CONFIG_FILE = "--config-file";
    private static final String DUMP_CONFIG = "--dump-config";

    private final ParseResult parsed;

    private CommandFlags(ParseResult parsed) {
        this.parsed = parsed;
    }

    /** What to do with the flags. */
    interface Command {
        int run(CommandFlags flags) throws Exception;
    }

    /** The command line: flags of its own, and one for each setting that has one. */
    static CommandLine commandLine(Command command) {
        CommandSpec spec = CommandSpec.create()
                .name("reprise server")
                .version("reprise " + Version.current())
                .mixinStandardHelpOptions(true);
        spec.usageMessage()
                .customSynopsis("reprise server [--config-file FILE] [--SETTING VALUE ...]")
                .description("Serves invocations until it is told to end.")
                .footer(
                        "",
                        "Every setting can stand in the configuration file, and in a variable:",
                        "worker.invoker.abort-timeout is RESTATE_WORKER__INVOKER__ABORT_TIMEOUT.",
                        "Flags win over variables, variables over the file.",
                        "--dump-config shows all settings and their values.");
        spec.addOption(flag(CONFIG_FILE, "-c")
                .type(Path.class)
                .paramLabel("FILE")
                .description("A TOML file of settings [env: " + ConfigLoader.FILE_VARIABLE + "].")
                .build());
        spec.addOption(flag(DUMP_CONFIG)
                .arity("0")
                .description("Prints the settings in force as TOML and ends.")
                .build());
        spec.addOption(flag("--production").arity("0").hidden(true).build());
        spec.addOption(flag("--no-logo").arity("0").hidden(true).build());
        for (ConfigFlag setting : ConfigFlag.all()) {
            spec.addOption(flag(setting.name())
                    .type(String.class)
                    .paramLabel("VALUE")
                    .hidden(!setting.effective())
                    .description(setting.explanation())
                    .build());
        }
        CommandLine line = new CommandLine(spec);
        line.setExecutionStrategy(parsed -> execute(command, parsed));
        line.setParameterExceptionHandler((failure, _) -> {
            line.getErr().println("reprise: " + failure.getMessage() + ". See reprise server --help.");
            return CommandLine.ExitCode.USAGE;
        });
        return line;
    }

    private static OptionSpec.Builder flag(String name, String... more) {
        return OptionSpec.builder(name, more);
    }

    private static int execute(Command command, ParseResult parsed) {
        @Nullable Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        CommandLine line = parsed.commandSpec().commandLine();
        try {
            return command.run(new CommandFlags(parsed));
        } catch (Exception e) {
            throw new CommandLine.ExecutionException(line, "the command failed", e);
        }
    }

    boolean dumpsConfig() {
        return parsed.hasMatchedOption(DUMP_CONFIG);
    }

    PrintWriter out() {
        return parsed.commandSpec().commandLine().getOut();
    }

    /** Reads the configuration with these flags on top. */
    LoadedConfig load(Map<String, String> environment) {
        Map<String, String> given = new LinkedHashMap<>();
        for (ConfigFlag setting : ConfigFlag.all()) {
            Optional.ofNullable(parsed.<String>matchedOptionValue(setting.name(), null))
                    .ifPresent(value -> given.put(setting.key(), value));
        }
        return ConfigLoader.load(parsed.matchedOptionValue(CONFIG_FILE, null), environment, given);
    }
}
