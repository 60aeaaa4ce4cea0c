package dev.reprise.server;

import dev.reprise.server.config.ServerConfig;
import dev.reprise.server.jvm.StartPreparation;
import dev.reprise.server.logging.ServerLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** {@code reprise prepare}: trains a server that listens on an unknown port, so that later starts are faster. */
public final class Prepare {
    private Prepare() {}

    /** Takes the folder to write to. */
    public static void main(String[] args) throws IOException, InterruptedException {
        StartPreparation.run(Path.of(args[0]), Prepare::start);
    }

    private static StartPreparation.Subject start(Path folder) throws IOException {
        CommandFlags flags = CommandFlags.parse(
                "--base-dir", folder.toString(), "--bind-ip", "127.0.0.1", "--use-random-ports", "true");
        ServerConfig config = flags.load(Map.of()).config();
        ServerLog.configure(config.log());
        RepriseServer server = RepriseServer.start(config, "", false);
        return new StartPreparation.Subject(
                server.healthUri(RepriseServer.INGRESS),
                server.healthUri(RepriseServer.ADMIN),
                server.healthUri(RepriseServer.METRICS),
                server::close);
    }
}
