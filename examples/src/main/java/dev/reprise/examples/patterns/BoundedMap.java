package dev.reprise.examples.patterns;

import dev.reprise.sdk.Context;
import dev.reprise.sdk.Settled;
import dev.reprise.sdk.TerminalException;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;
import java.time.Duration;
import java.util.List;

/** Does several steps with each item of a list, with at most two items under way at a time. */
@Service
public class BoundedMap {
    /** What became of each film, in their order. */
    @Handler
    public List<String> publish(Context ctx, List<String> films) {
        return ctx.mapConcurrentSettled(films, 2, BoundedMap::publishOne).stream()
                .map(ending -> switch (ending) {
                    case Settled.Fulfilled<String>(String address) -> address;
                    case Settled.Rejected<String>(TerminalException reason) -> "failed: " + reason.getMessage();
                })
                .toList();
    }

    private static String publishOne(Context ctx, String film) {
        ctx.logger().info("{} begins", film);
        String size = ctx.run("convert " + film, String.class, () -> convert(film));
        ctx.sleep(Duration.ofMillis(500)); // until the censor has seen it
        String address = ctx.run("upload " + film, String.class, () -> "/films/" + film + "?size=" + size);
        ctx.logger().info("{} ends", film);
        return address;
    }

    private static String convert(String film) {
        if (film.isBlank()) {
            throw new TerminalException(422, "a film without a name");
        }
        return film.length() + "MB";
    }
}
