package dev.reprise.server;

import dev.reprise.engine.AdminProvider;
import dev.reprise.engine.Engine;
import java.io.IOException;

/** What programs with an engine of their own find when they ask for the admin API. Such an engine has no ingress. */
public final class EmbeddedAdmin implements AdminProvider {
    /** For {@link java.util.ServiceLoader}. */
    public EmbeddedAdmin() {}

    @Override
    public Served serve(Engine engine, int port, Access access) throws IOException {
        return AdminServer.start(engine, port, null, access);
    }
}
