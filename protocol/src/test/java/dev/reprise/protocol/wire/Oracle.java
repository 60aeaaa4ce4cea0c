package dev.reprise.protocol.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import dev.reprise.protocol.Bytes;
import dev.reprise.protocol.MessageType;
import dev.reprise.protocol.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the protobuf library, which knows only {@code reprise_protocol.proto}, makes of our messages. */
final class Oracle {
    private static final FileDescriptor FILE = load();

    private Oracle() {}

    private static FileDescriptor load() {
        try (InputStream in = Oracle.class.getResourceAsStream("/reprise_protocol.desc")) {
            if (in == null) {
                throw new IllegalStateException("the build must put reprise_protocol.desc beside the test classes");
            }
            return FileDescriptor.buildFrom(FileDescriptorSet.parseFrom(in).getFile(0), new FileDescriptor[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The schema of a message type, whose name is the constant's in camel case. */
    static Descriptor descriptor(MessageType type) {
        return descriptor(Arrays.stream(type.name().split("_", -1))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining()));
    }

    static Descriptor descriptor(String name) {
        Descriptor found = FILE.findMessageTypeByName(name);
        if (found == null) {
            throw new IllegalArgumentException("the schema has no message " + name);
        }
        return found;
    }

    /** Reads a body; fails if it has a field that the schema does not have. */
    static DynamicMessage parse(Descriptor descriptor, Bytes body) {
        try {
            DynamicMessage message = DynamicMessage.parseFrom(descriptor, body.array());
            if (!message.getUnknownFields().asMap().isEmpty()) {
                throw new AssertionError(descriptor.getName() + " has unknown fields " + message.getUnknownFields());
            }
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(descriptor.getName() + " is malformed: " + body, e);
        }
    }

    static DynamicMessage parse(RawMessage raw) {
        return parse(descriptor(MessageType.ofCode(raw.type()).orElseThrow()), raw.body());
    }

    /** A message from protobuf's text form. */
    static DynamicMessage fromText(MessageType type, String text) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(descriptor(type));
        try {
            TextFormat.merge(text, builder);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
        return builder.build();
    }

    static RawMessage raw(MessageType type, DynamicMessage message) {
        return new RawMessage(type.code(), bytes(message.toByteString()));
    }

    static Bytes bytes(ByteString bytes) {
        return Bytes.wrap(bytes.toByteArray());
    }
}
