package dev.reprise.testkit.tidy;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where a replay must do what the first run did, there is no clock, no chance, no thread, no file and no order that
 * differs from one run to the next.
 */
@SuppressWarnings("VoidUsed") // a scanner hands on what it is given
final class DeterminismRule implements Rule {
    private static final Set<String> PACKAGES = Set.of(
            "dev.reprise.engine.partition",
            "dev.reprise.engine.partition.machine",
            "dev.reprise.engine.invoker",
            "dev.reprise.sdk.vm",
            "dev.reprise.protocol",
            "dev.reprise.protocol.wire",
            "dev.reprise.protocol.id",
            "dev.reprise.protocol.discovery");

    private static final Set<String> CALLS = Set.of(
            "System.currentTimeMillis",
            "System.nanoTime",
            "System.identityHashCode",
            "Instant.now",
            "LocalDate.now",
            "LocalDateTime.now",
            "ZonedDateTime.now",
            "Clock.systemUTC",
            "Clock.systemDefaultZone",
            "InstantSource.system",
            "UUID.randomUUID",
            "Math.random",
            "ThreadLocalRandom.current",
            "Map.of",
            "Map.ofEntries",
            "Map.copyOf",
            "Set.of",
            "Set.copyOf",
            "Collectors.toSet",
            "Collectors.toMap",
            "Collectors.groupingBy");

    private static final Set<String> METHODS = Set.of("parallelStream", "parallel");

    private static final Set<String> TYPES = Set.of(
            "Thread",
            "ExecutorService",
            "Executors",
            "CompletableFuture",
            "HashMap",
            "HashSet",
            "ConcurrentHashMap",
            "Files",
            "FileChannel",
            "Socket",
            "ServerSocket",
            "SecureRandom");

    @Override
    public List<String> findings(Source source) {
        List<String> findings = new ArrayList<>();
        if (source.isTest() || !PACKAGES.contains(source.packageName())) {
            return findings;
        }
        new TreeScanner<Void, Void>() {
            private void add(Tree tree, String what) {
                findings.add(source.finding(tree, what + " makes a replay differ"));
            }

            @Override
            public Void visitMemberSelect(MemberSelectTree select, Void unused) {
                if (CALLS.contains(select.toString())
                        || METHODS.contains(select.getIdentifier().toString())) {
                    add(select, select.toString());
                }
                return super.visitMemberSelect(select, unused);
            }

            @Override
            public Void visitIdentifier(IdentifierTree name, Void unused) {
                if (TYPES.contains(name.toString())) {
                    add(name, name.toString());
                }
                return super.visitIdentifier(name, unused);
            }

            @Override
            public Void visitNewClass(NewClassTree creation, Void unused) {
                if (creation.getIdentifier().toString().equals("Random")
                        && creation.getArguments().isEmpty()) {
                    add(creation, "a random source without a seed");
                }
                return super.visitNewClass(creation, unused);
            }
        }.scan(source.unit(), null);
        return findings;
    }
}
