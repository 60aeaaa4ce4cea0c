/**
 * What a test kit can observe of an attempt in order to choose which orders of notifications are worth trying: {@link
 * dev.reprise.sdk.explore.PromiseUses}. Exported only to our own test kit.
 */
package dev.reprise.sdk.explore;
