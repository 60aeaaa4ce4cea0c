/**
 * The log in files. Begin at {@link dev.reprise.engine.log.file.FileLog}.
 *
 * <p>The way of a record: {@code FileLog.append} encodes it into the gathering {@code RecordBatch}; the thread of an
 * idle reader, or else the writer, writes and forces one batch at a time to the active {@code Segment}; then each {@code FileLogReader} of its partition is
 * handed the record and woken. A reader that lags, or begins behind the end, reads the segments by a
 * {@code FrameScanner}.
 *
 * <p>The folder holds {@code LOCK}, {@code FORMAT}, {@code TRIMMED} (where the log begins, see {@code TrimMark}), {@code
 * END} (how far it is known to be durable, see {@code EndMark}) and
 * segments {@code <number>.log} with ascending numbers. LSNs run through them without a gap. At open, {@code LogRecovery}
 * finds the end, cuts what a crash left half written, and refuses a log in which a durable record is damaged.
 * {@code SegmentSupply} has the next segment ready before it is needed; the first ones are small.
 *
 * <p>Invariants: a batch lies in one segment; a batch is written only after the one before it was forced; behind the
 * end of the log, no byte is ever taken for a record.
 */
package dev.reprise.engine.log.file;
