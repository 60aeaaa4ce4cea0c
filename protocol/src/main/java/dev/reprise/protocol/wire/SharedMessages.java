package dev.reprise.protocol.wire;

import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.Failure;
import dev.reprise.protocol.Header;
import java.util.ArrayList;
import java.util.List;

/** The nested messages that several messages share. */
final class SharedMessages {
    private SharedMessages() {}

    static ProtoWriter value(Bytes content) {
        return new ProtoWriter().bytes(1, content);
    }

    static Bytes readValue(ProtoFields fields, int field) {
        return fields.message(field).bytes(1);
    }

    static ProtoWriter failure(Failure failure) {
        ProtoWriter writer = new ProtoWriter().uint32(1, failure.code()).string(2, failure.message());
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
}
