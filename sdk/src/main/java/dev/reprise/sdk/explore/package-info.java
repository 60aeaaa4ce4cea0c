/**
 * What a test kit can see of an attempt to choose which orders of notifications are worth a try: {@link
 * dev.reprise.sdk.explore.PromiseUses}. Exported to our own test kit alone.
 */
package dev.reprise.sdk.explore;
