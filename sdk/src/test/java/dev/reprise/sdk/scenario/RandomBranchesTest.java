package dev.reprise.sdk.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.NotificationId.SignalIndex;
import dev.reprise.protocol.NotificationId.SignalName;
import dev.reprise.protocol.ProtocolVersion;
import dev.reprise.protocol.Result;
import dev.reprise.sdk.scenario.BranchProgram.Block;
import dev.reprise.sdk.service.ServiceDefinition;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random handlers with branches, which await and cancel each other's promises, on an engine that completes things in a
 * random order, interrupts them at random places and cancels some of them. A replay of the journal cut anywhere must
 * issue the same commands and give the same output.
 */
class RandomBranchesTest {
    /** More of them: {@code -Dsurefire.argLine=-Drandom.branches=10000}. */
    private static final int HANDLERS = Integer.getInteger("random.branches", 25);

    private static final long FIRST = Long.getLong("random.branches.first", 0);

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void branches_random_replayAlikeFromEveryCut(ProtocolVersion version) {
        LongStream.range(FIRST, FIRST + HANDLERS).forEach(seed -> run(seed, version));
    }

    @Test
    void branches_random_mostOfThemEnd() {
        long ending = LongStream.range(0, HANDLERS)
                .filter(seed -> run(seed, ProtocolVersion.V7))
                .count();
        assertThat(ending).isGreaterThan(HANDLERS / 2);
    }

    private static boolean run(long seed, ProtocolVersion version) {
        Block program = BranchProgram.draw(seed);
        ServiceDefinition service = ServiceDefinition.service("Random")
                .handler("run", Void.class, String.class, (ctx, input) -> new BranchHandler().run(ctx, "", program))
                .build();
        FakeEngine engine = new FakeEngine(service, version, seed);
        engine.later(FakeAttempt.signal(new SignalIndex(17), new Result.Value(Bytes.utf8("\"signalled\""))));
        engine.later(FakeAttempt.signal(new SignalIndex(18), new Result.Value(Bytes.utf8("\"signalled too\""))));
        for (int i = 1; i <= 4; i++) {
            engine.later(FakeAttempt.signal(new SignalName("named"), FakeAttempt.json("\"by name " + i + '"')));
        }
        for (long i = seed % 6; i < 3; i++) {
            engine.later(FakeAttempt.cancel());
        }
        try {
            boolean ends = engine.run();
            engine.replayAtEveryCut();
            return ends;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ":\n" + program + "\njournal " + engine.journal(), e);
        }
    }
}
