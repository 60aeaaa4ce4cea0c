/**
 * Scopes and what is built on them: bounded maps, hedged calls, bodies that are retried, sagas. All of it is written in
 * terms of branches and promises, issues no commands of its own, and knows no threads.
 */
@NullMarked
package dev.reprise.sdk.scope;

import org.jspecify.annotations.NullMarked;
