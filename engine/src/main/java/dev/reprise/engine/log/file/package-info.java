/**
 * The log in files. Begin at {@link dev.reprise.engine.log.file.FileLog}.
 *
 * <p>The way of a record: {@code FileLog.append} encodes it into the gathering {@code RecordBatch}. The thread of an
 * idle reader, or else the writer thread, writes and forces one batch at a time to the active {@code Segment}. Then
 * each {@code FileLogReader} of its partition gets the record and is woken. A reader that lags, or starts before the
 * end, reads the segments with a {@code FrameScanner}.
 *
 * <p>The folder contains {@code LOCK}, {@code FORMAT}, {@code TRIMMED} (where the log begins, see {@code TrimMark}),
 * {@code END} (how far it is known to be durable, see {@code EndMark}) and segments {@code <number>.log} with ascending
 * numbers. LSNs run through them without a gap. At open, {@code LogRecovery} finds the end, cuts what a crash left half
 * written, and refuses a log in which a durable record is damaged. {@code SegmentSupply} prepares the next segment
 * before it is needed; the first ones are small.
 *
 * <p>Invariants: a batch is in one segment; a batch is written only after the one before it was forced; after the end
 * of the log, no byte is ever taken for a record.
 */
package dev.reprise.engine.log.file;
