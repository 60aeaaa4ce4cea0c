package dev.reprise.sdk.service;

import static dev.reprise.sdk.service.WrongShapeTest.refused;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Name;
import dev.reprise.sdk.annotation.Service;
import org.junit.jupiter.api.Test;

/** Names that services and handlers must not have. */
class WrongNameTest {
    @Service
    @Name("my service")
    static final class BadServiceName {
        @Handler
        public void a(Context ctx) {}
    }

    @Test
    void badServiceName_bound_isRefused() {
        refused(
                new BadServiceName(),
                "Expected the name of class",
                "found \"my service\"",
                "Choose another with @Name");
    }

    @Service
    @Name("__a")
    static final class UnderscoreServiceName {
        @Handler
        public void a(Context ctx) {}
    }

    @Test
    void underscoreServiceName_bound_isRefused() {
        refused(new UnderscoreServiceName(), "found \"__a\"");
    }

    @Service
    @Name("")
    static final class EmptyServiceName {
        @Handler
        public void a(Context ctx) {}
    }

    @Test
    void emptyServiceName_bound_isRefused() {
        refused(new EmptyServiceName(), "found \"\"");
    }

    @Service
    @Name("RestateThings")
    static final class ReservedServiceName {
        @Handler
        public void a(Context ctx) {}
    }

    @Test
    void reservedServiceName_bound_isRefused() {
        refused(new ReservedServiceName(), "none that the engine keeps for itself", "found \"RestateThings\"");
    }

    @Service
    static final class BadHandlerName {
        @Handler
        @Name("a-b")
        public void a(Context ctx) {}
    }

    @Test
    void badHandlerName_bound_isRefused() {
        refused(new BadHandlerName(), "Expected the name of BadHandlerName.a(Context) to match", "found \"a-b\"");
    }
}
