package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Header;
import dev.reprise.protocol.ProtocolException;
import dev.reprise.protocol.Result;
import java.util.ArrayList;
import java.util.List;

/** The nested messages that several messages share. */
final class Parts {
    private Parts() {}

    static ProtoWriter value(Bytes content) {
        return new ProtoWriter().bytes(1, content);
    }

    static Bytes readValue(ProtoFields fields, int field) {
        return fields.message(field).bytes(1);
    }

    static ProtoWriter failure(Failure failure) {
        ProtoWriter writer = new ProtoWriter()
                .uint(1, Integer.toUnsignedLong(failure.code()))
                .string(2, failure.message());
        for (Failure.Metadata pair : failure.metadata()) {
            writer.message(3, new ProtoWriter().string(1, pair.key()).string(2, pair.value()));
        }
        return writer;
    }

    static Failure readFailure(ProtoFields fields, int field) {
        ProtoFields failure = fields.message(field);
        List<Failure.Metadata> metadata = new ArrayList<>();
        for (ProtoFields pair : failure.messages(3)) {
            metadata.add(new Failure.Metadata(pair.string(1), pair.string(2)));
        }
        return new Failure(failure.uint32(1), failure.string(2), metadata);
    }

    static void headers(ProtoWriter writer, int field, List<Header> headers) {
        for (Header header : headers) {
            writer.message(field, new ProtoWriter().string(1, header.key()).string(2, header.value()));
        }
    }

    static List<Header> readHeaders(ProtoFields fields, int field) {
        List<Header> headers = new ArrayList<>();
        for (ProtoFields header : fields.messages(field)) {
            headers.add(new Header(header.string(1), header.string(2)));
        }
        return headers;
    }

    static ProtoWriter stateKeys(List<Bytes> keys) {
        ProtoWriter writer = new ProtoWriter();
        for (Bytes key : keys) {
            writer.presentBytes(1, key.array());
        }
        return writer;
    }

    /** Where a message keeps each kind of result; 0 for one it does not allow. */
    record ResultFields(int empty, int value, int failure, int invocationId, int stateKeys) {
        static final ResultFields NOTIFICATION = new ResultFields(4, 5, 6, 16, 17);
        static final ResultFields SIGNAL = new ResultFields(4, 5, 6, 0, 0);
        static final ResultFields OUTPUT = new ResultFields(0, 14, 15, 0, 0);
        static final ResultFields EAGER_STATE = new ResultFields(13, 14, 0, 0, 0);
        static final ResultFields COMPLETION = new ResultFields(0, 2, 3, 0, 0);

        void write(ProtoWriter writer, Result result) {
            switch (result) {
                case Result.Empty() -> writer.message(allowed(empty, result), new ProtoWriter());
                case Result.Value(Bytes content) -> writer.message(allowed(value, result), Parts.value(content));
                case Result.Failed(Failure failed) -> writer.message(allowed(failure, result), Parts.failure(failed));
                case Result.InvocationIdValue(String id) -> writer.optional(allowed(invocationId, result), id);
                case Result.StateKeys(List<Bytes> keys) ->
                    writer.message(allowed(stateKeys, result), Parts.stateKeys(keys));
            }
        }

        Result read(ProtoFields fields) {
            if (value != 0 && fields.has(value)) {
                return new Result.Value(readValue(fields, value));
            }
            if (failure != 0 && fields.has(failure)) {
                return new Result.Failed(readFailure(fields, failure));
            }
            if (invocationId != 0 && fields.has(invocationId)) {
                return new Result.InvocationIdValue(fields.string(invocationId));
            }
            if (stateKeys != 0 && fields.has(stateKeys)) {
                return new Result.StateKeys(fields.message(stateKeys).allBytes(1));
            }
            if (empty != 0) {
                return Result.Empty.INSTANCE;
            }
            throw new ProtocolException("the message has no result");
        }

        private static int allowed(int field, Result result) {
            if (field == 0) {
                throw new IllegalArgumentException("this message cannot carry " + result);
            }
            return field;
        }
    }
}
