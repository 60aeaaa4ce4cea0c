package dev.reprise.interop.harness;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A process that serves the contract with one SDK, at one address for each variant. */
final class Services {
    private static final Pattern LISTENING = Pattern.compile("^(\\w+) (\\d+)$", Pattern.MULTILINE);
    private static final Pattern READY = Pattern.compile("^ready$", Pattern.MULTILINE);

    private final Map<String, URI> addresses;

    private Services(Map<String, URI> addresses) {
        this.addresses = addresses;
    }

    static Services start(Sdk sdk) {
        Path log = Folders.fresh("services").resolve(sdk.prefix() + ".log");
        Child child = Child.start(sdk.command(), Map.of(), NodeModules.folder(), log);
        Eventually.until(
                sdk + " services to listen",
                () -> {
                    child.requireAlive();
                    return READY.matcher(child.printed()).find();
                },
                child::describe);
        return new Services(LISTENING
                .matcher(child.printed())
                .results()
                .collect(Collectors.toMap(match -> match.group(1), Services::address)));
    }

    /** The addresses by the name of the variant. */
    Map<String, URI> addresses() {
        return addresses;
    }

    private static URI address(MatchResult match) {
        return URI.create("http://127.0.0.1:" + match.group(2));
    }
}
