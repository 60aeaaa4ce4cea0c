package dev.reprise.sdk.annotation;

import dev.reprise.sdk.serde.SerdeFactory;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a class, or the interface it implements, a workflow: one run per key, with handlers that talk to it.
 *
 * <p>Exactly one method has {@link Handler} without {@link Shared}, by custom named {@code run}: it takes a {@link
 * dev.reprise.sdk.WorkflowContext} and runs once per key. The others have {@link Shared} and take a {@link
 * dev.reprise.sdk.SharedWorkflowContext}.
 *
 * <pre>{@code
 * @Workflow
 * public class Signup {
 *   @Handler
 *   public boolean run(WorkflowContext ctx, String email) {
 *     return ctx.promise("confirmed", Boolean.class).get().await();
 *   }
 *
 *   @Shared
 *   public void confirm(SharedWorkflowContext ctx) {
 *     ctx.promise("confirmed", Boolean.class).resolve(true);
 *   }
 * }
 * }</pre>
 *
 * <p>It is called by the type's simple name, or by {@link Name}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Workflow {
    /** What it is for, in Markdown. Shown in the service's description. */
    String documentation() default "";

    /**
     * Chooses how its values are written, when its handlers do not say. Made through a constructor without parameters.
     */
    Class<? extends SerdeFactory> serde() default SerdeFactory.class;
}
