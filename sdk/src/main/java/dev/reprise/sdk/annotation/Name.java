package dev.reprise.sdk.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name a service or handler is called by, in place of the name in the code. Rename the code and keep this, and
 * invocations that are under way and callers elsewhere do not notice.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Name {
    /**
     * The name. A letter, or {@code _} and a letter or digit, then letters, digits and {@code _}; for a service {@code
     * .} and {@code -} too.
     */
    String value();
}
