package dev.reprise.benchmarks.lab;

import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * What the commands of benchmarks have in common: exit code 0 when they have measured, 1 when they could not, 2 for
 * wrong flags.
 */
public final class BenchmarkCommand {
    private BenchmarkCommand() {}

    /**
     * Runs a command.
     *
     * @param command annotated for picocli
     * @param call how users call it
     */
    public static int execute(Callable<Integer> command, String call, String... args) {
        return new CommandLine(command)
                .setParameterExceptionHandler((failure, _) -> usage(failure.getCommandLine(), call, failure))
                .setExecutionExceptionHandler((failure, line, _) -> {
                    if (failure instanceof WrongFlagException) {
                        return usage(line, call, failure);
                    }
                    if (!(failure instanceof BenchmarkException)) {
                        throw failure;
                    }
                    line.getErr().println("reprise: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    private static int usage(CommandLine line, String call, Exception failure) {
        line.getErr().println("reprise: " + failure.getMessage() + " See " + call + " --help.");
        return CommandLine.ExitCode.USAGE;
    }

    /**
     * Checks a flag.
     *
     * @param what is expected, such as {@code --rounds of at least 1}
     * @param found what was given
     */
    public static void require(boolean holds, String what, Object found) {
        if (!holds) {
            throw new WrongFlagException("Expected " + what + ", found " + found + ".");
        }
    }
}
