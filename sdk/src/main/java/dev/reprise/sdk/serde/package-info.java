/**
 * Converts values to bytes and back.
 *
 * <p>A {@link dev.reprise.sdk.serde.Serde} does that for one type; a {@link dev.reprise.sdk.serde.SerdeFactory} finds
 * the serde of a type; a {@link dev.reprise.sdk.serde.TypeRef} names a type with its type arguments. A method with a
 * {@link dev.reprise.sdk.serde.TypeDescriptor} parameter accepts either a serde or a type reference. Unless specified
 * otherwise, values are JSON, written by Jackson ({@link dev.reprise.sdk.serde.JsonSerdeFactory}).
 *
 * <p>Begin at {@link dev.reprise.sdk.serde.Serde}.
 */
package dev.reprise.sdk.serde;
