package dev.reprise.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.reprise.endpoint.Endpoint;
import dev.reprise.endpoint.EndpointServer;
import dev.reprise.endpoint.RegistrationException;
import dev.reprise.sdk.service.ServiceDefinition;
import java.io.IOException;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Where a code of the admin API is explained: its log says so, and who registers from code is told. */
final class CodePagesTest {
    private static final String PAGE = "(META0003: see docs/errors.md#meta0003)";

    private final Logger logger = (Logger) LoggerFactory.getLogger(AdminHandler.class);
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getFormattedMessage());
        }
    };

    @BeforeEach
    void listen() {
        listener.start();
        logger.addAppender(listener);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(listener);
    }

    @Test
    void registration_refused_namesThePageOfItsCode() throws IOException {
        ServiceDefinition echo = ServiceDefinition.service("Echo")
                .handler("say", String.class, String.class, (ctx, text) -> text)
                .build();
        try (AdminWorld world = new AdminWorld();
                EndpointServer endpoint = Endpoint.bind(echo).listen(0)) {
            URI self = URI.create("http://nobody.test:9080");

            assertThatThrownBy(() -> endpoint.register(world.admin(), self))
                    .isInstanceOf(RegistrationException.class)
                    .hasMessageEndingWith("see its log. " + PAGE);
        }
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("POST /deployments was refused: ")
                .endsWith(PAGE);
    }
}
