/**
 * An engine as our own modules look at it: what is stored, and what its invokers and pools know. Begin at
 * {@link dev.reprise.engine.views.EngineViews}.
 */
package dev.reprise.engine.views;
