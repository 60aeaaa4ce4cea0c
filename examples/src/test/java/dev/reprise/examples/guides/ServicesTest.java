package dev.reprise.examples.guides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reprise.examples.guides.Services.Cart;
import dev.reprise.examples.guides.Services.Delivery;
import dev.reprise.examples.guides.Services.Desk;
import dev.reprise.examples.guides.Services.Mail;
import dev.reprise.examples.guides.Services.Mailer;
import dev.reprise.sdk.CallOptions;
import dev.reprise.sdk.SendOptions;
import dev.reprise.sdk.client.Client;
import dev.reprise.sdk.client.SentInvocation;
import dev.reprise.sdk.client.TypedClient;
import dev.reprise.sdk.service.HandlerOptions;
import dev.reprise.sdk.service.InvocationRetryPolicy;
import dev.reprise.sdk.service.InvocationRetryPolicy.OnMaxAttempts;
import dev.reprise.sdk.service.ServiceDefinition;
import dev.reprise.testkit.RepriseExtension;
import dev.reprise.testkit.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The services of {@code docs/services.md} do what the guide says. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServicesTest {
    @RegisterExtension
    private final RepriseExtension reprise = RepriseExtension.of(mailer(), new Cart(), new Delivery(), new Desk());

    private static ServiceDefinition mailer() {
        ServiceDefinition mailer = ServiceDefinition.of(new Mailer())
                .withOptions(HandlerOptions.builder()
                        .journalRetention(Duration.ofDays(3))
                        .retryPolicy(InvocationRetryPolicy.maxAttempts(10, OnMaxAttempts.KILL))
                        .build())
                .withOptions(
                        "send",
                        HandlerOptions.builder()
                                .inactivityTimeout(Duration.ofMinutes(5))
                                .build());
        return mailer;
    }

    @BeforeEach
    void nothingWasSent() {
        Remote.MAILS.clear();
    }

    @Test
    void object_keepsItsState(Client client, VirtualClock clock) {
        TypedClient<Cart> cart = client.object(Cart.class, "ada");
        cart.call(Cart::add, "a book");
        assertThat(cart.call(Cart::add, "a pen")).isEqualTo(2);
        assertThat(cart.call(Cart::items)).containsExactly("a book", "a pen");

        assertThat(cart.call(Cart::checkout)).isEqualTo("sent to ada");

        assertThat(cart.call(Cart::items)).isEmpty();
        assertThat(Remote.MAILS).containsExactly("ada");
        clock.advance(Duration.ofDays(7));
        assertThat(Remote.MAILS).containsExactly("ada", "ada");
    }

    @Test
    void workflow_talksToItsHandlers(Client client, VirtualClock clock) {
        TypedClient<Delivery> delivery = client.workflow(Delivery.class, "order-7");
        SentInvocation<String> sent = delivery.send(Delivery::run, "12 Main Street");
        clock.advance(Duration.ofDays(2));
        assertThat(delivery.call(Delivery::status)).isEqualTo("on its way to 12 Main Street");
        delivery.call(Delivery::sign, "Ada");
        assertThat(sent.attach()).isEqualTo("signed by Ada");
        assertThat(delivery.call(Delivery::status)).isEqualTo("delivered");
    }

    @Test
    void awakeable_isResolvedFromOutside(Client client, VirtualClock clock) {
        SentInvocation<String> sent = client.service(Desk.class).send(Desk::approve, "a chair");
        clock.advance(Duration.ofMinutes(1));
        String awakeableId = Remote.ASKED.get();
        client.resolveAwakeable(awakeableId, true);
        assertThat(sent.attach()).isEqualTo("bought a chair");
    }

    @Test
    void signal_comesFromAClientOrAHandler(Client client, VirtualClock clock) {
        TypedClient<Desk> desk = client.service(Desk.class);
        SentInvocation<String> sent = desk.send(Desk::coffee);
        client.invocation(sent.id()).signal("size", "large");
        assertThat(sent.attach()).isEqualTo("a large coffee");

        SentInvocation<String> other = desk.send(Desk::coffee);
        desk.call(Desk::hurry, other.id());
        assertThat(other.attach()).isEqualTo("a small coffee");
    }

    @Test
    void idempotencyKey_meetsTheFirst(Client client) {
        TypedClient<Mailer> mailer = client.service(Mailer.class);
        Mail mail = new Mail("ada", "hello");

        mailer.call(Mailer::send, mail, CallOptions.idempotencyKey("order-7"));
        mailer.call(Mailer::send, mail, CallOptions.idempotencyKey("order-7"));
        assertThat(Remote.MAILS).containsExactly("ada");

        SentInvocation<String> again =
                mailer.send(Mailer::send, mail, SendOptions.of(CallOptions.idempotencyKey("order-7")));
        assertThat(again.existedBefore()).isTrue();

        assertThat(client.service(Desk.class).call(Desk::twice, mail)).isEqualTo("sent to ada");
        assertThat(Remote.MAILS).containsExactly("ada", "ada");
    }
}
