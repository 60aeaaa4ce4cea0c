package dev.reprise.sdk.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method of a virtual object or workflow a handler that runs beside the other invocations of its key: it reads
 * state and does not write it.
 *
 * <p>{@link Handler} need not be there too, unless it says more.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Shared {}
