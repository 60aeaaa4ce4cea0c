package dev.reprise.protocol.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import java.util.List;
import java.util.Random;

/**
 * Draws messages from a schema. Leaves out only what a sender may leave out: a oneof always has a member, a nested
 * message is always there, an await tree has a leaf, and ids and scopes are not zero or empty.
 */
final class RandomMessages {
    private static final List<String> TEXTS =
            List.of("", "a", "name", "schlüssel", "鍵", "🔑", "\0", "\uFFFD", "x".repeat(200));
    private static final List<String> NOT_EMPTY = List.of("completion_id", "invocation_id", "scope", "limit_key");
    private static final int TREE_DEPTH_MAX = 4;

    private final Random random;

    RandomMessages(long seed) {
        random = new Random(seed);
    }

    DynamicMessage next(Descriptor descriptor) {
        return next(descriptor, 0);
    }

    private DynamicMessage next(Descriptor descriptor, int depth) {
        DynamicMessage.Builder builder = DynamicMessage.newBuilder(descriptor);
        for (OneofDescriptor oneof : descriptor.getRealOneofs()) {
            FieldDescriptor member = oneof.getField(random.nextInt(oneof.getFieldCount()));
            builder.setField(member, value(member, depth));
        }
        for (FieldDescriptor field : descriptor.getFields()) {
            if (field.isRepeated()) {
                addElements(builder, field, depth);
            } else if (field.getRealContainingOneof() == null && !isLeftOut(field)) {
                builder.setField(field, value(field, depth));
            }
        }
        return builder.build();
    }

    private boolean isLeftOut(FieldDescriptor field) {
        return field.toProto().getProto3Optional() && random.nextBoolean();
    }

    private void addElements(DynamicMessage.Builder builder, FieldDescriptor field, int depth) {
        int count = random.nextInt(4);
        if (field.getName().equals("waiting_completions")) {
            count++;
        } else if (field.getName().equals("nested_futures") && depth > TREE_DEPTH_MAX) {
            count = 0;
        }
        for (int i = 0; i < count; i++) {
            builder.addRepeatedField(field, value(field, depth));
        }
    }

    private Object value(FieldDescriptor field, int depth) {
        boolean notEmpty = NOT_EMPTY.contains(field.getName());
        return switch (field.getJavaType()) {
            case INT -> notEmpty ? random.nextInt() | 1 : integer();
            case LONG -> random.nextInt(4) == 0 ? 0L : random.nextLong() >>> random.nextInt(64);
            case BOOLEAN -> random.nextBoolean();
            case STRING -> TEXTS.get(notEmpty ? 1 + random.nextInt(TEXTS.size() - 1) : random.nextInt(TEXTS.size()));
            case BYTE_STRING -> ByteString.copyFrom(randomBytes());
            case ENUM -> {
                var values = field.getEnumType().getValues();
                yield values.get(random.nextInt(values.size()));
            }
            case MESSAGE -> next(field.getMessageType(), depth + 1);
            case FLOAT, DOUBLE -> throw new IllegalArgumentException(field + " has a type the protocol does not use");
        };
    }

    private int integer() {
        return random.nextInt(4) == 0 ? 0 : random.nextInt() >>> random.nextInt(32);
    }

    private byte[] randomBytes() {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }
}
