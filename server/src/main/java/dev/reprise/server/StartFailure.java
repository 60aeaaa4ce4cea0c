package dev.reprise.server;

import dev.reprise.engine.DataFolderException;
import dev.reprise.engine.log.LogException;
import dev.reprise.engine.store.StoreException;
import dev.reprise.server.admin.RegistryException;
import dev.reprise.server.config.ConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Explains why the server cannot start: one line for what an operator can fix, the stack trace for a fault of ours. */
final class StartFailure {
    private StartFailure() {}

    static String oneLine(Exception failure) {
        return switch (failure) {
            case DataFolderException known -> message(known);
            case ConfigException known -> message(known);
            case LogException known -> message(known);
            case StoreException known -> message(known);
            case RegistryException known -> message(known);
            case ServerStartException known -> message(known);
            case IOException known -> message(known);
            default -> trace(failure);
        };
    }

    private static String message(Exception failure) {
        return String.valueOf(failure.getMessage()).replace('\n', ' ');
    }

    private static String trace(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
