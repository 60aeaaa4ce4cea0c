/**
 * Values to bytes and back.
 *
 * <p>A {@link dev.reprise.sdk.serde.Serde} does it for one type; a {@link dev.reprise.sdk.serde.SerdeFactory} finds the
 * serde of a type; a {@link dev.reprise.sdk.serde.TypeRef} names a type with its type arguments. A method that takes a
 * {@link dev.reprise.sdk.serde.TypeDescriptor} takes either of a serde and a type reference. Unless told otherwise,
 * values are JSON, written by Jackson ({@link dev.reprise.sdk.serde.JsonSerdeFactory}).
 *
 * <p>Begin at {@link dev.reprise.sdk.serde.Serde}.
 */
package dev.reprise.sdk.serde;
