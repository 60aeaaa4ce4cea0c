package dev.reprise.server.query.output;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as a stream in Apache Arrow's IPC format: a message with the schema, messages with batches of rows, an
 * end. A message is {@code 0xFFFFFFFF}, the size of its metadata (u32), the metadata (a flatbuffer), and a batch's
 * buffers, each padded to a multiple of eight bytes.
 *
 * @see <a href="https://arrow.apache.org/docs/format/Columnar.html">Arrow's columnar format</a>
 */
public final class ArrowRowWriter implements RowWriter {
    private static final int BATCH_ROWS = 1_024;
    private static final long BATCH_BYTES = 1 << 20;
    private static final int CONTINUATION = 0xFFFFFFFF;

    private final List<Column> columns;
    private final OutputStream out;
    private List<ArrowColumn> batch;

    public ArrowRowWriter(List<Column> columns, OutputStream out) throws IOException {
        this.columns = columns;
        this.out = out;
        this.batch = emptyBatch();
        FlatBufferBuilder metadata = new FlatBufferBuilder();
        finish(metadata, MessageHeader.Schema, ArrowSchema.of(columns, metadata), 0);
        writeMetadata(metadata);
    }

    private List<ArrowColumn> emptyBatch() {
        return columns.stream().map(column -> new ArrowColumn(column.type())).toList();
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        long bytes = 0;
        for (int i = 0; i < row.length; i++) {
            ArrowColumn column = batch.get(i);
            column.add(row[i]);
            bytes += column.bytes();
        }
        if (rows() >= BATCH_ROWS || bytes >= BATCH_BYTES) {
            writeBatch();
        }
    }

    private int rows() {
        return batch.isEmpty() ? 0 : batch.getFirst().length();
    }

    @Override
    public void finish() throws IOException {
        if (rows() > 0) {
            writeBatch();
        }
        ArrowBuffer end = new ArrowBuffer();
        end.putInt(CONTINUATION);
        end.putInt(0);
        end.writePadded(out);
    }

    private void writeBatch() throws IOException {
        List<ArrowColumn> all = new ArrayList<>();
        for (ArrowColumn column : batch) {
            all.add(column);
            ArrowColumn elements = column.elements();
            if (elements != null) {
                all.add(elements);
            }
        }
        List<ArrowBuffer> buffers =
                all.stream().flatMap(column -> column.buffers().stream()).toList();
        long bodyBytes = buffers.stream().mapToLong(ArrowBuffer::paddedSize).sum();
        FlatBufferBuilder metadata = new FlatBufferBuilder();
        finish(metadata, MessageHeader.RecordBatch, recordBatch(metadata, all, buffers, bodyBytes), bodyBytes);
        writeMetadata(metadata);
        for (ArrowBuffer buffer : buffers) {
            buffer.writePadded(out);
        }
        batch = emptyBatch();
    }

    /** Flatbuffers are written from the end, so what comes first is added last. */
    private int recordBatch(
            FlatBufferBuilder metadata, List<ArrowColumn> columns, List<ArrowBuffer> buffers, long bodyBytes) {
        RecordBatch.startNodesVector(metadata, columns.size());
        for (ArrowColumn column : columns.reversed()) {
            FieldNode.createFieldNode(metadata, column.length(), column.nulls());
        }
        int nodes = metadata.endVector();
        RecordBatch.startBuffersVector(metadata, buffers.size());
        long offset = bodyBytes;
        for (ArrowBuffer buffer : buffers.reversed()) {
            offset -= buffer.paddedSize();
            Buffer.createBuffer(metadata, offset, buffer.size());
        }
        int places = metadata.endVector();
        RecordBatch.startRecordBatch(metadata);
        RecordBatch.addLength(metadata, rows());
        RecordBatch.addNodes(metadata, nodes);
        RecordBatch.addBuffers(metadata, places);
        return RecordBatch.endRecordBatch(metadata);
    }

    private static void finish(FlatBufferBuilder metadata, byte headerType, int header, long bodyBytes) {
        Message.startMessage(metadata);
        Message.addVersion(metadata, MetadataVersion.V5);
        Message.addHeaderType(metadata, headerType);
        Message.addHeader(metadata, header);
        Message.addBodyLength(metadata, bodyBytes);
        metadata.finish(Message.endMessage(metadata));
    }

    private void writeMetadata(FlatBufferBuilder metadata) throws IOException {
        byte[] bytes = metadata.sizedByteArray();
        int padded = (bytes.length + 7) & ~7;
        ByteBuffer message = ByteBuffer.allocate(2 * Integer.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(CONTINUATION).putInt(padded).put(bytes);
        out.write(message.array());
    }
}
