package dev.reprise.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One-way sends. What was accepted is written down with the result that it must have. */
final class Sends implements Scenario {
    private static final Pattern ACCEPTED = Pattern.compile("\"(inv_\\w+)\".*Accepted\"");
    private static final String SEED = "{seed}";

    private final Work work;
    private final long run = System.nanoTime();
    private final List<String> accepted = new ArrayList<>();

    Sends(Work work) {
        this.work = work;
    }

    @Override
    public Call next(int worker, long sequence) {
        String body = work.body().replace(SEED, Long.toString(sequence));
        String result = Long.toString(Scenarios.sum(sequence, work.size()));
        return Call.send(work.path(), body, run + "-" + sequence, result);
    }

    @Override
    public boolean isRight(Call call, byte[] answer) {
        Matcher matcher = ACCEPTED.matcher(new String(answer, StandardCharsets.ISO_8859_1));
        return matcher.find()
                && accepted.add(matcher.group(1) + "\t" + new String(call.expected(), StandardCharsets.ISO_8859_1));
    }

    @Override
    public void ended() {
        if (work.idsFile().isEmpty()) {
            return;
        }
        try {
            Files.write(Path.of(work.idsFile()), accepted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write what was accepted to " + work.idsFile(), e);
        }
    }
}
