package dev.reprise.examples.patterns;

import dev.reprise.sdk.Awakeable;
import dev.reprise.sdk.Context;
import dev.reprise.sdk.annotation.Handler;
import dev.reprise.sdk.annotation.Service;

/** Waits for a person's decision, for as long as it takes: while it waits nothing but the journal need exist. */
@Service
public class Approval {
    /** Publishes an article, or withdraws it, as its editor decides. */
    @Handler
    public String publish(Context ctx, String article) {
        Awakeable<Boolean> decision = ctx.awakeable(Boolean.class);
        ctx.run("ask the editor", () -> Editor.post(article, decision.id()));
        ctx.logger().info("the editor is asked about '{}'; nothing runs until the answer comes", article);
        boolean approved = decision.await();
        ctx.logger().info("the editor says {}", approved ? "yes" : "no");
        return (approved ? "published: " : "withdrawn: ") + article;
    }
}
