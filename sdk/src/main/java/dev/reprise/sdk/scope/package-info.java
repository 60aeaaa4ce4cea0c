/**
 * Scopes and what is made of them: bounded maps, hedged calls, bodies that are tried again, sagas. All of it is written
 * in terms of branches and promises, emits no command of its own, and knows no thread.
 */
@NullMarked
package dev.reprise.sdk.scope;

import org.jspecify.annotations.NullMarked;
