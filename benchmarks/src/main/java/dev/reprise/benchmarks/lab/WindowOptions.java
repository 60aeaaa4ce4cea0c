package dev.reprise.benchmarks.lab;

import static dev.reprise.benchmarks.lab.BenchmarkCommand.require;

import picocli.CommandLine.Option;

/** The flags of every benchmark that measures sides by turns: how often, and for how long. */
@SuppressWarnings("FieldCanBeFinal") // picocli fills the fields
public final class WindowOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Prints this text.")
    @SuppressWarnings("unused") // picocli looks at the option, not at the field
    private boolean help;

    @Option(names = "--rounds", description = "Turns of each side. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--seconds", description = "Length of a window. Default: ${DEFAULT-VALUE}.")
    private double seconds = 6;

    @Option(names = "--warmup", description = "Seconds of load before each window. Default: ${DEFAULT-VALUE}.")
    private double warmupSeconds;

    /**
     * Options that nobody has given yet.
     *
     * @param warmupSeconds the default of {@code --warmup}
     */
    public WindowOptions(double warmupSeconds) {
        this.warmupSeconds = warmupSeconds;
    }

    /**
     * Checks all of them.
     *
     * @throws WrongFlagException when one is out of its range
     */
    public void check() {
        require(rounds >= 1, "--rounds of at least 1", rounds);
        require(seconds > 0, "--seconds greater than 0", seconds);
        require(warmupSeconds >= 0, "--warmup of at least 0", warmupSeconds);
    }

    public int rounds() {
        return rounds;
    }

    public double seconds() {
        return seconds;
    }

    public double warmupSeconds() {
        return warmupSeconds;
    }
}
