package dev.reprise.server.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reprise.engine.call.UnresolvedCallException;
import dev.reprise.engine.registry.ServiceChanges;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.InvocationReference;
import dev.reprise.protocol.discovery.EndpointManifest.ServiceType;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.protocol.id.DeploymentId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngressPathTest {
    private static final ServiceDescriptor GREETER = service("Greeter", ServiceType.SERVICE);
    private static final ServiceDescriptor COUNTER = service("Counter", ServiceType.VIRTUAL_OBJECT);

    private static IngressRequest parse(String path) {
        return IngressPath.parse(path, name -> switch (name) {
            case "Greeter" -> Optional.of(GREETER);
            case "Counter" -> Optional.of(COUNTER);
            default -> Optional.empty();
        });
    }

    private static ServiceDescriptor service(String name, ServiceType type) {
        ServiceManifest manifest = new ServiceManifest(
                name, type, List.of(), null, null, null, null, null, null, null, null, null, null, null, null, null);
        return new ServiceDescriptor(manifest, new DeploymentId(1, 1), 1, ServiceChanges.NONE, List.of());
    }

    @Test
    void invoke_keyedAndUnkeyed_takesTheSegmentsOfItsKind() {
        assertThat(parse("/Greeter/greet")).isEqualTo(new IngressRequest.Invoke(GREETER, null, "greet", false, null));
        assertThat(parse("/Greeter/greet/send"))
                .isEqualTo(new IngressRequest.Invoke(GREETER, null, "greet", true, null));
        assertThat(parse("/Counter/a%2Fb+c/add"))
                .isEqualTo(new IngressRequest.Invoke(COUNTER, "a/b+c", "add", false, null));
        assertThat(parse("/restate/call/Counter/k/add"))
                .isEqualTo(new IngressRequest.Invoke(COUNTER, "k", "add", false, null));
        assertThat(parse("/restate/scope/s/send/Greeter/greet"))
                .isEqualTo(new IngressRequest.Invoke(GREETER, null, "greet", true, "s"));
    }

    @Test
    void result_byEachReference_isRead() {
        assertThat(parse("/restate/invocation/inv_1x/attach"))
                .isEqualTo(new IngressRequest.Result(new InvocationReference.ById("inv_1x"), true));
        assertThat(parse("/restate/invocation/Greeter/greet/idem/output"))
                .isEqualTo(new IngressRequest.Result(
                        new InvocationReference.ByIdempotencyKey("Greeter", null, "greet", "idem", null), false));
        assertThat(parse("/restate/invocation/Counter/k/add/idem/attach"))
                .isEqualTo(new IngressRequest.Result(
                        new InvocationReference.ByIdempotencyKey("Counter", "k", "add", "idem", null), true));
        assertThat(parse("/restate/workflow/Flow/k/output"))
                .isEqualTo(new IngressRequest.Result(new InvocationReference.ByWorkflow("Flow", "k", null), false));
    }

    @ParameterizedTest
    @CsvSource({
        "/Greeter,400",
        "/Greeter/greet/now,400",
        "/Counter/k,400",
        "/restate/awakeables/x,400",
        "/restate/awakeables/x/forget,404",
        "/restate/unknown,404",
        "/openapi/x,404"
    })
    void path_wrong_isAnsweredLikeTheOriginal(String path, int status) {
        assertThatThrownBy(() -> parse(path))
                .isInstanceOfSatisfying(
                        IngressException.class, e -> assertThat(e.status()).isEqualTo(status));
    }

    @Test
    void service_unknown_isNotFound() {
        assertThatThrownBy(() -> parse("/Nobody/greet"))
                .isInstanceOfSatisfying(
                        UnresolvedCallException.class, e -> assertThat(e.code()).isEqualTo(404));
    }

    @Test
    void delay_isoAndUnits_areRead() {
        assertThat(DelayParameter.parse("PT60S")).isEqualTo(Duration.ofSeconds(60));
        assertThat(DelayParameter.parse("60 sec")).isEqualTo(Duration.ofSeconds(60));
        assertThat(DelayParameter.parse("60000ms")).isEqualTo(Duration.ofSeconds(60));
        assertThat(DelayParameter.parse("1h 30m")).isEqualTo(Duration.ofMinutes(90));
        assertThatThrownBy(() -> DelayParameter.parse("soon")).isInstanceOf(IngressException.class);
        assertThatThrownBy(() -> DelayParameter.parse("10")).isInstanceOf(IngressException.class);
        assertThatThrownBy(() -> DelayParameter.parse("-PT1S")).isInstanceOf(IngressException.class);
    }
}
