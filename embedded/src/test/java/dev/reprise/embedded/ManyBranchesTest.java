package dev.reprise.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.sdk.Scope.Joiner;
import dev.reprise.sdk.Target;
import dev.reprise.sdk.service.ServiceDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand branches of one handler wait at once. */
@Timeout(120)
class ManyBranchesTest {
    private static final int BRANCHES = 10_000;

    @TempDir
    private Path folder;

    @Test
    void branches_tenThousandParked_allGoOn() {
        ServiceDefinition service = ServiceDefinition.service("Many")
                .handler("park", Integer.class, Integer.class, (ctx, branches) -> {
                    try (var scope = ctx.scope(Joiner.<Integer>allSuccessfulOrThrow())) {
                        for (int i = 0; i < branches; i++) {
                            int number = i;
                            scope.fork("branch", c -> {
                                c.sleep(Duration.ofMillis(500));
                                return number;
                            });
                        }
                        return scope.join().stream().mapToInt(Integer::intValue).sum();
                    }
                })
                .build();
        try (Reprise reprise = Reprise.embedded().folder(folder).bind(service).start()) {
            assertThat(reprise.client().call(Target.service("Many", "park"), BRANCHES, Integer.class))
                    .isEqualTo(IntStream.range(0, BRANCHES).sum());
        }
    }
}
