package dev.reprise.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HandlerMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final HandlerMeters meters = new HandlerMeters(registry);

    @Test
    void handlers_areCountedByThemselves() {
        meters.of("Greeter", "greet").failed.increment();
        meters.of("Greeter", "greet").failed.increment();
        meters.of("Greeter", "bye").failed.increment();

        assertThat(failed("Greeter", "greet")).isEqualTo(2);
        assertThat(failed("Greeter", "bye")).isEqualTo(1);
    }

    @Test
    void invocations_areCountedByResult_andTimed() {
        meters.of("Greeter", "greet").ended(true, 1_500);
        meters.of("Greeter", "greet").ended(false, -3);

        assertThat(registry.get("reprise.invocations.ended")
                        .tag("result", "success")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("reprise.invocations.ended")
                        .tag("result", "failure")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("reprise.invocation.duration").timer().totalTime(TimeUnit.SECONDS))
                .as("a clock that was set back takes nothing away")
                .isEqualTo(1.5);
    }

    @Test
    void moreHandlersThanThereIsRoomFor_areCountedTogether() {
        for (int i = 0; i < HandlerMeters.HANDLERS_MAX + 10; i++) {
            meters.of("Service" + i, "go").failed.increment();
        }
        meters.of("Service0", "go").failed.increment();

        assertThat(failed("Service0", "go")).isEqualTo(2);
        assertThat(failed(HandlerMeters.OTHER, HandlerMeters.OTHER)).isEqualTo(10);
        assertThat(registry.get("reprise.invocation.duration").timers()).hasSize(HandlerMeters.HANDLERS_MAX + 1);
    }

    private double failed(String service, String handler) {
        return registry.get("restate.invoker.invocation.task")
                .tags("status", "failed", "service", service, "handler", handler)
                .counter()
                .count();
    }
}
